"""The guides: what they show runs, what they link to is there, and the drawing of the architecture shows the folders there are."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from conftest import ROOT

import budget_model

GUIDES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\(([^)#:]+)(?:#([^)]+))?\)")


@pytest.mark.parametrize(("guide", "least"), [("api.md", 20), ("checks.md", 3)])
def test_the_examples_of_a_guide_run(guide: str, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "docs" / guide), module_relative=False)
    assert result.failed == 0 and result.attempted >= least


def test_the_api_names_everything_that_is_public() -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert [name for name in budget_model.__all__ if not re.search(rf"\b{name}\b", text)] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_what_a_guide_links_to_is_there(guide: Path) -> None:
    for target, heading in LINK.findall(guide.read_text(encoding="utf-8")):
        file = guide.parent / target
        assert file.exists(), f"{guide.name} links to {target}"
        assert not heading or heading in _headings(file), f"{guide.name} links to {target}#{heading}"


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if guide.stem != "CHANGELOG"], ids=lambda path: path.stem)
def test_files_that_a_guide_names_are_there(guide: Path) -> None:
    named = re.findall(r"`((?:budget_model|tests|scenarios|templates|docs|benchmarks|\.ci)/[\w./-]*)`", guide.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_drawing_shows_every_folder_of_the_package() -> None:
    drawing = (ROOT / "README.md").read_text(encoding="utf-8").partition("```mermaid\n")[2].partition("```")[0]
    folders = {path.parent.name for path in (ROOT / "budget_model").glob("*/__init__.py")}
    assert folders <= set(re.findall(r"(\w+)/", drawing))


def _headings(file: Path) -> set[str]:
    """Return the anchors of a guide's headings, as the repository's pages make them."""
    titles = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}
