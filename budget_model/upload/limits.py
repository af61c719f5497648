"""What an uploaded workbook may be at most, each limit with its reason, and how a refusal is said."""

from __future__ import annotations

import re
from typing import NoReturn

from budget_model.errors import WorkbookError

MEGABYTE = 1_000_000
FILE_BYTES = 12 * MEGABYTE  # nearly three times our largest workbook
PARTS = 400  # ours has 70; a library reads them all into a directory
UNPACKED_BYTES = 150 * MEGABYTE  # four times our largest; what the readers after us hold stays below 1 GB
RATIO = 200  # XML of a workbook packs to about a tenth, a bomb to a thousandth
RATIO_FROM_BYTES = MEGABYTE  # below it a high ratio costs nothing
SHEETS = 120  # three times our largest; openpyxl takes 12 s over 5,000
ROWS = 20_000  # of a sheet; five times our longest, the rows of Data
COLUMNS = 400  # of a sheet; openpyxl hangs on one cell at XFD1048576
CELLS = 900_000  # of all sheets; twice our largest, and as many again for Excel's calculation chain
EMPTY_CELLS = 900_000  # formatted beyond the last column or row that may be used; some programs format whole rows
MERGES = 400  # four times our largest, which has a sentence or two on each sheet
MERGED_CELLS = 10_000  # in all merges and links; openpyxl visits each one, and hangs on the merge of a whole sheet
RELATIONS = 12_000  # of all parts to others, and to the addresses in cells
FORMATS = 2_000  # of each kind (formats, fonts, fills ...); ours has 90
TEXT_CHARACTERS = 32_767  # what Excel itself allows in a cell
FORMULA_CHARACTERS = 30_000_000  # of all formulas; twice our largest
TAGS = 8_000_000  # opening and closing: four elements for each allowed cell
DEPTH = 100  # of elements in elements, where a piece ends; charts reach 20
PIECE_BYTES = 16_384  # inflated at a time, so that a breach is found before memory is used
TAG_CHARACTERS = 262_144  # of one tag and the text after it, which may take six characters for one (&quot;)
NAME_CHARACTERS = 255  # what Excel allows in a defined name

SAVE = "open it in Excel or LibreOffice and save it as a new .xlsx workbook"
AGAIN = "download the workbook again and enter the changes in the new copy"
SMALLER = "upload only a workbook that was downloaded here"
VALUE = "replace it with the value that it shows and save the workbook"
_FORBIDDEN_PARTS = {
    r"vbaproject|vbadata|macrosheet|dialogsheet": "macros",  # a type for macros alone is none: some programs always declare one
    r"embeddings|oleobject|/package$": "embedded objects",
    r"activex|ctrlprop|controlprop|/control$": "controls",
    r"connections|querytable|customdata|xl/model/|powerpivot": "data connections",
    r"customui|ui/extensibility|webextension": "a custom user interface",
}


def refuse(reason: str, advice: str) -> NoReturn:
    """Raise the one sentence in which a file is refused: why, and what to do."""
    raise WorkbookError(f"{reason}, {advice}.")


def shown(text: str) -> str:
    """Return a text of the file for a message: short, and with nothing that does not print."""
    short = text if len(text) <= 60 else f"{text[:57]}..."
    return "".join(letter if letter.isprintable() else "?" for letter in short)


def leads_to_workbooks(text: str) -> bool:
    """Whether the lower-case name of a part, a type or a relation stands for a link to another workbook."""
    return "externallink" in text


def check_allowed(text: str) -> None:
    """Refuse the name of a part, a type or a relation that stands for what no budget workbook needs."""
    for pattern, kind in _FORBIDDEN_PARTS.items():
        if re.search(pattern, text):
            refuse(f"the workbook holds {kind}", f"{SAVE} without them" if kind.endswith("s") else f"{SAVE} without it")
