"""How much is tried: what each change must pass, and the long proof of a release (`--proof`)."""

from __future__ import annotations

from dataclasses import dataclass

EVERY_CHANGE_SEED = 2018


@dataclass(frozen=True)
class Scale:
    """How many of each kind are tried; `seed` chooses what is drawn."""

    seed: int
    proof: bool
    large: int  # random scenarios of up to four sites and forty months
    small: int  # of up to two sites and a year
    edited: int  # random workbooks edited in LibreOffice
    drawn: int  # random scenarios for each property of the model
    kills: int  # of a saving process, on each database
    expressions: int  # random formulas


def every_change() -> Scale:
    """Return what `make test` tries, the same each time."""
    return Scale(seed=EVERY_CHANGE_SEED, proof=False, large=4, small=20, edited=8, drawn=60, kills=40, expressions=400)


def proof(seed: int) -> Scale:
    """Return what `make proof` tries."""
    return Scale(seed=seed, proof=True, large=30, small=170, edited=40, drawn=400, kills=200, expressions=4_000)


NOW = every_change()  # chosen anew in conftest.py before any test is collected
