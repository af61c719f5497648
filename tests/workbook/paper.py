"""A workbook's PDF as its pages: their text, the size of their letters and how far they are filled; and pictures of them.

usage: .venv/bin/python tests/workbook/paper.py FOLDER      (a picture of each page of two scenarios; needs LibreOffice and poppler-utils)
"""

from __future__ import annotations

import io
import math
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

FOOTER = 48  # points from the bottom, below which the footer stands
TOP, BOTTOM = 0.4 * 72, 0.7 * 72  # the margins
_PAGE_WORDS = re.compile(r"([^\n]+)\s*, page\s+(\d+)(?:\s+of (\d+))?")


@dataclass(frozen=True)
class Text:
    """A piece of text: its size as printed and its height above the bottom, in points."""

    text: str
    size: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """A page of a PDF."""

    height: float
    width: float
    texts: tuple[Text, ...]

    @property
    def body(self) -> list[Text]:
        return [one for one in self.texts if one.bottom > FOOTER]

    @property
    def footer(self) -> str:
        return "\n".join(one.text for one in self.texts if one.bottom <= FOOTER)

    @property
    def smallest(self) -> float:
        """The size of the smallest letters of the body."""
        return min(one.size for one in self.body)

    @property
    def filled(self) -> float:
        """The share of the page's height down to the lowest text."""
        return (self.height - TOP - min(one.bottom for one in self.body)) / (self.height - TOP - BOTTOM)

    @property
    def number(self) -> tuple[str, int, int]:
        """The sheet, the number of the page and how many there are, 0 where the footer says none."""
        found = _PAGE_WORDS.search(self.footer)
        assert found, self.footer
        return found[1], int(found[2]), int(found[3] or 0)


def pages_of(pdf: bytes) -> list[Page]:
    """Return the pages of a PDF."""
    return [_page(page) for page in PdfReader(io.BytesIO(pdf)).pages]


def printed_pages(workbook: Path, last: int, folder: Path) -> bytes:
    """Return the first pages of an entire workbook as a PDF, as LibreOffice prints them for a person who asks for them by number."""
    from needed import needs  # of the tests, which the script does without

    options = f'pdf:calc_pdf_Export:{{"PageRange":{{"type":"string","value":"1-{last}"}}}}'
    profile = f"-env:UserInstallation={(folder / 'printing').as_uri()}"
    command = [needs("soffice", "libreoffice"), profile, "--headless", "--norestore", "--convert-to", options, "--outdir", str(folder)]
    subprocess.run([*command, str(workbook)], check=True, capture_output=True)
    return (folder / f"{workbook.stem}.pdf").read_bytes()


def _page(page) -> Page:  # type: ignore[no-untyped-def]
    texts: list[Text] = []

    def take(text: str, of_page: list[float], of_text: list[float], font: object, size: float) -> None:
        if text.strip():
            scale = math.hypot(of_text[2], of_text[3]) * math.hypot(of_page[2], of_page[3])  # a rotated text too
            texts.append(Text(text.strip(), round(size * scale, 2), of_text[5] * of_page[3] + of_page[5]))

    page.extract_text(visitor_text=take)
    return Page(float(page.mediabox.height), float(page.mediabox.width), tuple(texts))


def main(folder: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from conftest import EXPANSION, PILOT

    from budget_model import load_scenario
    from budget_model.workbook.writing.export import workbook_of
    from budget_model.workbook.writing.pdf import pdf_of

    folder.mkdir(exist_ok=True)
    for path in (PILOT, EXPANSION):
        pdf = folder / f"{path.stem}.pdf"
        pdf.write_bytes(pdf_of(workbook_of(load_scenario(path))))
        subprocess.run(["pdftoppm", "-r", "80", "-png", str(pdf), str(folder / path.stem)], check=True)
        for number, page in enumerate(pages_of(pdf.read_bytes()), 1):
            print(f"{path.stem} {number}: {page.number[0]}, letters from {page.smallest:.1f} points, {page.filled:.0%} filled")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
