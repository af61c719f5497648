// Open workbooks and save them again: node savers.js exceljs|sheetjs SOURCE TARGET [SOURCE TARGET ...]
const [program, ...files] = process.argv.slice(2);

async function saveWithExceljs(source, target) {
  const { Workbook } = require("exceljs");
  const book = new Workbook();
  await book.xlsx.readFile(source);
  await book.xlsx.writeFile(target);
}

function saveWithSheetjs(source, target) {
  const sheetjs = require("xlsx");
  const book = sheetjs.readFile(source, { cellNF: true, cellStyles: true }); // or dates lose their format
  sheetjs.writeFile(book, target);
}

async function saveAll(save) {
  for (let at = 0; at < files.length; at += 2) await save(files[at], files[at + 1]);
}

saveAll({ exceljs: saveWithExceljs, sheetjs: saveWithSheetjs }[program]);
