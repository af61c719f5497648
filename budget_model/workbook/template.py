"""The layout of a workbook as declared in `templates/`: which sheets, in which order, showing which rows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Declared):
    """A row of the model shown under a label (its own when none is given); `total` marks a line that closes a section."""

    row: str
    label: str = ""
    total: bool = False


class Section(_Declared):
    """A heading with the rows below it."""

    heading: str
    rows: tuple[Entry, ...]


class Cover(_Declared):
    """The first sheet: what the workbook is and how to use it."""

    kind: Literal["cover"]
    sheet: str
    title: str
    how_to_use: tuple[str, ...]
    conventions: tuple[str, ...]
    limits: tuple[str, ...]


class Summary(_Declared):
    """Rows by fiscal year."""

    kind: Literal["summary"]
    sheet: str
    title: str
    note: str
    sections: tuple[Section, ...]


class Assumptions(_Declared):
    """Every input cell with its evidence."""

    kind: Literal["assumptions"]
    sheet: str
    title: str
    note: str


class Rows(_Declared):
    """All rows of one budget area, months across."""

    kind: Literal["rows"]
    sheet: str
    title: str
    area: str


class EachSite(_Declared):
    """One sheet for each site, months across."""

    kind: Literal["each_site"]
    title: str
    sections: tuple[Section, ...]


class Checks(_Declared):
    """The table of checks."""

    kind: Literal["checks"]
    sheet: str
    title: str
    note: str


Sheet = Annotated[Cover | Summary | Assumptions | Rows | EachSite | Checks, Field(discriminator="kind")]


class Template(_Declared):
    """A workbook layout."""

    sheets: tuple[Sheet, ...]


def load_template(name: str = "workbook.yaml") -> Template:
    """Return a layout from the `templates/` folder."""
    return Template.model_validate(yaml.safe_load((TEMPLATES / name).read_text(encoding="utf-8")))
