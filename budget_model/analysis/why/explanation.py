"""One figure explained: its name, value and rule, the formula with values, its parts, and of an assumption its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from budget_model.analysis.why.addresses import Address, label_of, places, value_at
from budget_model.analysis.why.composition import composition
from budget_model.analysis.why.parts import Composition, Part, Piece
from budget_model.budget import BUDGET
from budget_model.engine.rows import Input, Line
from budget_model.projection import Projection
from budget_model.scenario.declarations import Flag
from budget_model.scenario.tables import FLAGS, MODELS, TABLES, PlacedAssumption, placed_assumptions

_TABLE_OF: Mapping[str, str] = {axis: table for axis, _, table in TABLES}
_FLAGS: dict[str, Mapping[str, Flag]] = {str(axis): flags for axis, flags in FLAGS.items()}


@dataclass(frozen=True)
class Explanation:
    """A figure with how it comes about. `when` says of which year or month it is; `given` is what an assumption says.

    `place` is where what is given can be changed: table, item, field; None for what follows from something else.
    """

    address: Address
    label: str
    when: str
    value: float
    unit: str
    rule: str
    made: Composition
    given: PlacedAssumption | None = None
    place: tuple[str, str, str] | None = None

    @property
    def is_given(self) -> bool:
        """Whether the figure is given, by the scenario or the calendar, and not calculated."""
        return not self.made.formula


def explained(projection: Projection, address: Address) -> Explanation:
    """Return a figure explained, each of its parts with the address at which there is more to see."""
    row = BUDGET.rows[address.row]
    made = composition(projection, address)
    ways = {part: _opened_part(projection, part) for part in (*made.parts, *made.beside)}
    formula = tuple(ways.get(piece, piece) if isinstance(piece, Part) else piece for piece in made.formula)
    given, place = _given(projection, address) if isinstance(row, Input) else (None, None)
    return Explanation(
        address=address,
        label=label_of(projection, address),
        when=places(projection).when(address.at),
        value=value_at(projection, address),
        unit=row.unit,
        rule=MODELS[given.table].table.title if given and given.table in MODELS else "" if given else row.rule,
        made=Composition(formula, made.how, tuple(ways.get(part, part) for part in made.beside)),
        given=given,
        place=place,
    )


def opened(projection: Projection, address: Address) -> Address:
    """Return the figure that a figure is the very same as, where it only hands on another; else the address itself."""
    while True:
        made = composition(projection, address)
        if len(made.formula) != 1 or not isinstance(only := made.formula[0], Part) or only.address is None or made.beside:
            return address
        address = only.address


def _opened_part(projection: Projection, part: Part) -> Part:
    """Return a term that leads to what it only hands on."""
    gathered = tuple(_opened_part(projection, one) for one in part.gathered)
    return replace(part, address=opened(projection, part.address) if part.address else None, gathered=gathered)


def formula_names(address: Address, made: Composition) -> tuple[Piece, ...]:
    """Return the formula of a line, whose names say more than its values; () where it is a sum, or what another figure was."""
    return made.formula if isinstance(BUDGET.rows[address.row], Line) and not made.how else ()


def _given(projection: Projection, address: Address) -> tuple[PlacedAssumption | None, tuple[str, str, str] | None]:
    """Return the assumption that an input is, and where it stands; of a property of an item where that is said."""
    placed = projection.once(_assumptions).get((address.row, address.items))
    if placed is not None:
        return placed, (placed.table, placed.item, placed.field)
    row = BUDGET.rows[address.row]
    axis = row.over[0] if row.over else ""
    flag = _FLAGS.get(axis, {}).get(address.row.removeprefix(f"{axis}_"))
    return None, (_TABLE_OF[axis], projection.evaluation.members[axis][address.items[0]].name, flag.field) if flag else None


def _assumptions(projection: Projection) -> dict[tuple[str, tuple[int, ...]], PlacedAssumption]:
    """Return every assumption of a scenario by its input and the position of its item."""
    found: dict[tuple[str, tuple[int, ...]], PlacedAssumption] = {}
    counted: dict[str, int] = {}
    for placed in placed_assumptions(projection.scenario):
        place = counted.get(placed.input, 0)
        counted[placed.input] = place + 1
        found[placed.input, () if placed.axis is None else (place,)] = placed
    return found


def address_of(projection: Projection, table: str, item: str, field: str) -> Address | None:
    """Return the address of an assumption by its place in the scenario; None where nothing reads it as a number."""
    return projection.once(_addresses).get((table, item, field))


def _addresses(projection: Projection) -> dict[tuple[str, str, str], Address]:
    known = projection.once(_assumptions)
    return {(placed.table, placed.item, placed.field): Address(row, items) for (row, items), placed in known.items()}
