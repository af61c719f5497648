"""Where in an uploaded workbook something stands, in words of what a person sees: the title of its sheet and its cell."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from budget_model.upload.limits import SHEETS, shown
from budget_model.upload.tags import PREFIX

BOOK = "xl/workbook.xml"
_MOST_LINKS = 200  # of one list of parts that are kept to find the sheet of a part
_MOST_STEPS = 5  # from a part to its sheet: a picture, in a chart, in a drawing
_CELL_OR_END = re.compile(rf'<{PREFIX}c\s(?:[^<>]*?\s)?r="([A-Z]{{1,3}}[1-9][0-9]{{0,6}})"|</{PREFIX}sheetData>')
_KINDS = (  # by a piece of the lower-case name of a part
    ("worksheets/", "a sheet"),
    ("chartsheets/", "a sheet with a chart"),
    ("_rels/", "the list of its parts"),
    ("[content_types]", "the list of its parts"),
    ("workbook.xml", "the list of its sheets and names"),
    ("sharedstrings", "the list of its texts"),
    ("styles", "the list of its cell formats"),
    ("theme", "its colors"),
    ("docprops/", "its properties"),
    ("comments", "a note on a cell"),
    ("persons/", "the names of those who wrote notes"),
    ("charts/", "a chart"),
    ("drawing", "a drawing"),
    ("media/", "a picture"),
    ("tables/", "a table"),
    ("printersettings", "the settings of a printer"),
)


def kind_of(name: str) -> str:
    """Return what a part is for a reader who knows nothing of parts."""
    lower = name.lower()
    return next((words for piece, words in _KINDS if piece in lower), "a part of it that no sheet shows")


def source_of(name: str) -> str:
    """Return the part to which a list of relations belongs."""
    folder, _, file = name.rpartition("_rels/")
    return folder + file.removesuffix(".rels")


@dataclass
class Titles:
    """The sheets of the workbook by title, and which part belongs to which, as far as the lists of parts were read."""

    by_relation: dict[str, str] = field(default_factory=dict)
    targets: dict[str, dict[str, str]] = field(default_factory=dict)  # by part: by relation, the part that it leads to
    owners: dict[str, str] = field(default_factory=dict)

    def add_sheets(self, tags: Iterable[dict[str, str]]) -> None:
        """Take the sheets that the workbook lists, each by its attributes."""
        for attributes in tags:
            relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            if len(self.by_relation) < SHEETS:
                self.by_relation[relation] = html.unescape(attributes.get("name", ""))

    def add_target(self, source: str, relation: str, target: str) -> None:
        """Take one relation of a part to another one of the workbook."""
        known = self.targets.setdefault(source.lower(), {})
        if len(known) < _MOST_LINKS:
            path = target if target.startswith("/") else posixpath.join(posixpath.dirname(source), target)
            known[relation] = posixpath.normpath(path).lstrip("/").lower()
            self.owners.setdefault(known[relation], source.lower())

    def sheet_of(self, name: str) -> str:
        """Return the title of the sheet that a part is or belongs to, or ''."""
        titles = {self.targets.get(BOOK, {}).get(relation, ""): title for relation, title in self.by_relation.items()}
        part = (source_of(name) if name.endswith(".rels") else name).lower()
        for _ in range(_MOST_STEPS):
            if part in titles:
                return shown(titles[part])
            part = self.owners.get(part, "")
        return ""


def cell_before(text: str) -> str:
    """Return the address of the last cell that begins in the text of a sheet, or '' where the cells are over, or none begins."""
    address = ""
    for found in _CELL_OR_END.finditer(text):
        address = found[1] or ""
    return address
