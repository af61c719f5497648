"""Where the files stand that are no code: the library of scenarios with its evidence, layouts of workbooks, saved scenarios."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
LIBRARY = _ROOT / "scenarios"
EVIDENCE = LIBRARY / "evidence"
TEMPLATES = _ROOT / "templates"
DATABASE = _ROOT / "data" / "scenarios.sqlite"
