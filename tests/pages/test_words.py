"""What the pages say holds for whoever reads them: with a mouse or a finger, with or without colors, or read aloud."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import budget_model
from budget_model.pages.shared.widgets import plain

PACKAGE = Path(budget_model.__file__).parent
OF_A_MOUSE = re.compile(r"\b(click\w*|mouse|hover\w*|point(?:ing)? at|right-click|double-click)\b", re.IGNORECASE)
NO_WORDS = re.compile(r"hover\w*|plotly_click|itemclick")  # names of Plotly's


def sentences() -> Iterator[tuple[str, str]]:
    """Yield every sentence that pages and charts hold, with its file; what explains the program itself is not on the screen."""
    for path in [*PACKAGE.glob("pages/**/*.py"), *PACKAGE.glob("charts/*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        about = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about and "<style>" not in node.value:
                yield path.name, node.value


def test_no_sentence_needs_a_mouse() -> None:
    found = [(name, said) for name, said in sentences() if " " in said and OF_A_MOUSE.search(NO_WORDS.sub("", said))]
    assert found == []


def test_headings_are_of_the_level_below_the_title() -> None:
    """A page has one title; a part of it written with `st.subheader` would skip a level, but for a line's form below its table's heading."""
    lower = [path.name for path in PACKAGE.glob("pages/**/*.py") if "st.subheader(" in path.read_text(encoding="utf-8")]
    assert lower == ["line_form.py"]


@pytest.mark.parametrize(
    "name", ["Cost-of-living increase", "Award, $ a year", "Measure H (2017)", "Sheriff's time, 1.5 FTE", "P&L: all", "a_name"]
)
def test_a_usual_label_is_handed_on_as_it_is(name: str) -> None:
    """Streamlit gives a widget's label to screen readers as it is written, backslashes and all."""
    assert plain(name) == name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$5 and $6", r"\$5 and \$6"),
        ("*all* of it", r"\*all\* of it"),
        (":red[no]", r"\:red\[no\]"),
        ("1. First", r"1\. First"),
        ("- a line", r"\- a line"),
        ("# title", r"\# title"),
        ("https://example.org", r"https\://example\.org"),
        ("-> there", r"\-\> there"),
        ("a <b> c", r"a \<b\> c"),
    ],
)
def test_markdown_takes_nothing_for_its_own(text: str, shown: str) -> None:
    assert plain(text) == shown
