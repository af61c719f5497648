"""Trace a line: call its function with symbols, and what it returns is the line as an expression.

An expression is a tree of `Symbol`s (vocabulary.py), which knows neither numbers nor a workbook. Whoever says lines in
another language (excel.py: formulas) prints that tree.
"""

from __future__ import annotations

from functools import cache

from budget_model.engine.rows import Line
from budget_model.engine.vocabulary import Symbol, as_symbol, name


@cache
def traced(line: Line) -> Symbol:
    """Return a line as an expression over the names of the rows it reads; raises LineError for what is no word of a line."""
    return as_symbol(line.function(*(name(read) for read in line.reads)))
