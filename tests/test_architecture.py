"""Data flows one way: what a folder may import, and what stands at the root."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
from conftest import ROOT

PACKAGE = ROOT / "budget_model"
SMALL = ("errors", "files", "folders", "formats", "processes", "timeline", "version")  # common things that know nothing of the budget
SPINE = ("inputs", "budget", "projection")
TOP = ("__init__", "__main__")
MOST_AT_THE_ROOT = 12
# Each may import what stands before it.
ORDER = (
    "small",
    "engine",
    "scenario",
    "lines",
    "spine",
    "editing",
    "analysis",
    "simulation",
    "upload",
    "store",
    "charts",
    "workbook",
    "serving",
    "pages",
    "commands",
    "top",
)
INNER = {"workbook": ("layout", "sheets", "writing", "reading"), "pages": ("shared", "pages")}


def test_imports_go_one_way() -> None:
    for module, imported in _arrows():
        here, there = ORDER.index(_room(module)), ORDER.index(_room(imported))
        assert there <= here, f"{module} imports {imported}"
        if inner := INNER.get(_room(module)) if here == there else None:
            assert inner.index(_inner(imported, inner)) <= inner.index(_inner(module, inner)), f"{module} imports {imported}"


def test_the_engine_knows_itself_and_errors_alone() -> None:
    assert {imported for module, imported in _arrows() if _room(module) == "engine" and _room(imported) != "engine"} == {"errors"}


def test_no_module_imports_itself_over_others() -> None:
    assert list(nx.simple_cycles(nx.DiGraph(_arrows()))) == []


def test_the_root_holds_the_spine_and_small_things_only() -> None:
    at_root = {path.stem for path in PACKAGE.glob("*.py")}
    assert at_root == {*SMALL, *SPINE, *TOP}
    assert len(at_root) <= MOST_AT_THE_ROOT


def test_lines_read_each_other_by_name_only() -> None:
    assert [arrow for arrow in _arrows() if _room(arrow[0]) == _room(arrow[1]) == "lines" and arrow[0].count(".")] == []


def test_the_server_and_pages_alone_know_streamlit_and_one_module_opens_workbooks() -> None:
    for path in PACKAGE.rglob("*.py"):
        text, module = path.read_text(), _name(path)
        known = "import streamlit" in text or ("from streamlit" in text and module != "commands.machine")  # which starts it
        assert _room(module) in ("serving", "pages") or not known, f"{module} knows the pages"
        opens = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Workbook")]
        assert module == "workbook.writing.writer" or not opens, f"{module} opens a workbook of XlsxWriter"


def _name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _room(module: str) -> str:
    first = module.partition(".")[0]
    return "small" if first in SMALL else "spine" if first in SPINE else "top" if first in TOP else first


def _inner(module: str, inner: tuple[str, ...]) -> str:
    second = module.split(".")[1]
    return second if second in inner else inner[-1]


def _arrows() -> list[tuple[str, str]]:
    known = {_name(path) for path in PACKAGE.rglob("*.py")}
    return [(_name(path), imported) for path in PACKAGE.rglob("*.py") for imported in _imports(path, known)]


def _imports(path: Path, known: set[str]) -> Iterator[str]:
    """Yield the modules of the package that a module imports when it is loaded or run."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "budget_model":
            below = (node.module or "").removeprefix("budget_model").removeprefix(".")
            for alias in node.names:
                inner = f"{below}.{alias.name}".removeprefix(".")
                yield inner if inner in known else below or "__init__"
