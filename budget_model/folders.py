"""Where the files stand that are no code: scenarios with their evidence, layouts of workbooks, the glossary, saved scenarios.

In a checkout they stand beside the package. The wheel carries the same in `_data`, where nobody writes: an installed copy
keeps saved scenarios in the user's folder for data.
"""

from __future__ import annotations

import os
from pathlib import Path

LIBRARY_VARIABLE = "LEAD_LIBRARY"  # another folder of scenario files


def _data_folder() -> Path:
    """Return the user's folder for data, as the operating system names it."""
    from platformdirs import user_data_path

    return user_data_path("lead-budget", appauthor=False)


_CARRIED = Path(__file__).resolve().parent / "_data"
INSTALLED = _CARRIED.is_dir()
_ROOT = _CARRIED if INSTALLED else Path(__file__).resolve().parents[1]
_SHIPPED = _ROOT / "scenarios"
LIBRARY = Path(os.environ.get(LIBRARY_VARIABLE) or _SHIPPED).expanduser().absolute()
# A library without evidence of its own takes its numbers from the register that is shipped.
EVIDENCE = LIBRARY / "evidence" if (LIBRARY / "evidence").is_dir() else _SHIPPED / "evidence"
TEMPLATES = _ROOT / "templates"
FORMS = TEMPLATES / "forms"
GLOSSARY = _ROOT / "docs" / "glossary.md"
APP = _ROOT / "app.py"
DATABASE = (_data_folder() if INSTALLED else _ROOT / "data") / "scenarios.sqlite"
