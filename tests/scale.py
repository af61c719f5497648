"""How much is tried: what each change must pass, and the long proof of a release (`--proof`)."""

from __future__ import annotations

from dataclasses import dataclass

EVERY_CHANGE_SEED = 2018
# Shipped scenarios that differ in more than their inputs; the workbooks of the others are proved for a release.
OF_DIFFERENT_FORM = ("pilot_2017", "expansion_2018_eight_areas")


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
    deaths: int  # of a database under a visitor's moves
    expressions: int  # random formulas
    mutants: int  # scenario files with something spoilt
    addresses: int  # of the dashboard, that name what is not there
    savers: int  # programs that save the workbook of each kind of tampering


def every_change() -> Scale:
    """Return what `make test` tries, the same each time."""
    return Scale(
        seed=EVERY_CHANGE_SEED,
        proof=False,
        large=1,
        small=4,
        edited=2,
        drawn=80,
        kills=20,
        deaths=2,
        expressions=400,
        mutants=60,
        addresses=15,
        savers=1,
    )


def proof(seed: int) -> Scale:
    """Return what `make proof` tries."""
    return Scale(
        seed=seed,
        proof=True,
        large=30,
        small=170,
        edited=40,
        drawn=400,
        kills=500,
        deaths=10,
        expressions=4_000,
        mutants=2_000,
        addresses=60,
        savers=3,
    )


NOW = every_change()  # chosen anew in conftest.py before any test is collected
