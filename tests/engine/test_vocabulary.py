"""Words mean the same in NumPy, in a spreadsheet and in machine code; everything else is refused with a sentence that helps."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import ironcalc
import numpy as np
import pytest
import scale
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from budget_model.engine.arrays import Calendar, Inputs
from budget_model.engine.excel import filled, pieces
from budget_model.engine.model import Model
from budget_model.engine.plain import rounded_up
from budget_model.engine.rows import Input, Line
from budget_model.engine.vocabulary import (
    COUNT_DIGITS,
    COUNT_DIGITS_NAME,
    SMALLEST_AMOUNT,
    SMALLEST_AMOUNT_NAME,
    WORDS,
    name,
    ratio,
    round_up,
)
from budget_model.errors import LineError
from budget_model.simulation.compiled import Program

NAMES = ("a", "b", "c")
VALUES = {"a": 7.25, "b": -3.0, "c": 0.4}

_leaves = st.sampled_from(NAMES) | st.sampled_from([f"(0 * a + {number})" for number in (0, 1, 12, 100)])


def _bigger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    return st.one_of(
        st.builds(lambda sign, pair: f"({pair[0]} {sign} {pair[1]})", st.sampled_from("+-*"), two),
        st.builds("(-{})".format, inner),
        st.builds("({} / 12)".format, inner),
        st.builds(lambda pair: f"ratio({pair[0]}, {pair[1]})", two),
        st.builds(lambda function, pair: f"np.{function}({pair[0]}, {pair[1]})", st.sampled_from(["minimum", "maximum"]), two),
        st.builds("np.absolute({})".format, inner),
        st.builds("round_up(np.absolute({}))".format, inner),
        st.builds("without_residue({})".format, inner),
        st.builds("nothing_below_tolerance({})".format, inner),
        st.builds("nothing_within_tolerance({})".format, inner),
        st.builds(lambda sign, a, b: f"when({a[0]} {sign} {a[1]}, {b[0]}, {b[1]})", st.sampled_from(["<", ">=", "=="]), two, two),
    )


def _line(text: str, name: str = "x") -> Line:
    scope = {"np": np} | {word.__name__: word for word in WORDS}
    function: Callable[..., object] = eval(f"lambda {', '.join(NAMES)}: {text}", scope)
    return Line(name, "dollars", (), "test", "A test.", function)


def _compiled(texts: list[str], given: dict[str, list[float]]) -> list[list[float]]:
    """Return what machine code makes of each expression for several values of its names: (expressions, draws)."""
    lines = [_line(text, f"line_{number}") for number, text in enumerate(texts)]
    model = Model([*(Input(key, "dollars", (), "test", "A test.") for key in NAMES), *lines], ())
    inputs = Inputs(Calendar(1, ((0, 1),)), {}, {key: np.zeros(1) for key in NAMES})
    program = Program(model, tuple(line.name for line in lines), True)
    found = program.calculated(inputs, [((key, None),) for key in NAMES], np.array([given[key] for key in NAMES]))
    return [values.tolist() for values in found]


def test_random_expressions_mean_the_same_in_a_spreadsheet_and_compiled(tmp_path: Path) -> None:
    texts: list[str] = []

    @settings(max_examples=scale.NOW.expressions, phases=[Phase.generate])
    @given(st.recursive(_leaves, _bigger, max_leaves=8))
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    assert all(f"{word.__name__}(" in " ".join(texts) for word in WORDS)
    model = ironcalc.create("words", "en", "UTC", "en")
    cells = {key: f"{letter}1" for key, letter in zip((*NAMES, COUNT_DIGITS_NAME, SMALLEST_AMOUNT_NAME), "ABCDE", strict=True)}
    for column, value in enumerate((*VALUES.values(), COUNT_DIGITS, SMALLEST_AMOUNT), 1):
        model.set_user_input(0, 1, column, str(value))
    for row, text in enumerate(texts, 2):
        formula = f"={filled(pieces(_line(text)), cells.__getitem__)}"
        for constant in (COUNT_DIGITS_NAME, SMALLEST_AMOUNT_NAME):
            formula = formula.replace(constant, cells[constant])
        model.set_user_input(0, row, 1, formula)
    model.evaluate()
    several = {key: [value, -value, 0.0, value / 3, 1.5] for key, value in VALUES.items()}
    for text, found in zip(texts, _compiled(texts, several), strict=True):
        expected = _line(text).function(**{key: np.array(values) for key, values in several.items()})
        np.testing.assert_allclose(found, np.broadcast_to(np.asarray(expected, float), 5), rtol=1e-12, atol=1e-12, err_msg=text)
    for row, text in enumerate(texts, 2):
        expected = float(np.asarray(_line(text).function(**{key: np.float64(value) for key, value in VALUES.items()})))
        assert model.get_cell_value(0, row, 1) == pytest.approx(expected, rel=1e-9, abs=1e-9), text


@given(st.integers(0, 5_000), st.integers(1, 400))
def test_head_counts_are_rounded_up_as_people_count(units: int, tenths: int) -> None:
    """110 participants at 1.1 each are 121 and not 122: noise in the last binary digit hires nobody."""
    exact = -(-units * tenths // 10)
    assert round_up(np.float64(units) * (tenths / 10)) == exact


@given(st.integers(0, 10**6), st.floats(-3e-6, 3e-6) | st.floats(0, 1))
def test_plain_head_counts_are_rounded_to_their_digits_first(whole: int, beyond: float) -> None:
    count = max(0.0, whole + beyond)
    assert rounded_up(count) == math.ceil(round(count, COUNT_DIGITS))


def test_division_by_zero_is_zero() -> None:
    assert ratio(np.array([1.0, 0.0]), np.array([0.0, 0.0])).tolist() == [0.0, 0.0]


VALUE = "A line may not ask for the value of what it reads"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda a, b: a if a > b else b, VALUE),
        (lambda a, b: max(a, b), VALUE),
        (lambda a, b: 0 < a < b, VALUE),
        (lambda a, b: round(a), VALUE),
        (lambda a, b: float(a), VALUE),
        (lambda a, b: np.array([a, b]), VALUE),
        (lambda a, b: sum([*a]), VALUE),
        (lambda a, b: a / b, "write ratio(a, b), which is 0 where b is 0"),
        (lambda a, b: np.where(a > b, a, b), "write when(condition, then, otherwise)"),
        (lambda a, b: np.ceil(a), "A line may not use numpy.ceil: write round_up"),
        (lambda a, b: a**2, "A line may not use numpy.power: write a @carry row"),
        (lambda a, b: np.sum(a), "A line may not use numpy.sum: write a @total row"),
        (lambda a, b: np.add.reduce(a), "A line may not use numpy.add with reduce"),
        (lambda a, b: np.sqrt(a), "the words a line may use stand in budget_model/engine/vocabulary.py"),
        (lambda a, b: a * np.array([1, 2]), "declare it as an assumption"),
        (lambda a, b: a * True, "declare it as an assumption"),
        (lambda a, b: a * float("nan"), "nan or infinity"),
    ],
)
def test_what_no_formula_can_say_is_refused(wrong: Callable[..., object], message: str) -> None:
    with pytest.raises(LineError) as refused:
        wrong(name("a"), name("b"))
    assert message in str(refused.value)
