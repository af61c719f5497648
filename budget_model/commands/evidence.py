"""Commands that say where numbers come from: the evidence, the way to a figure, the clauses of the motion."""

from __future__ import annotations

import argparse
from pathlib import Path

from budget_model.analysis.evidence_lists import evidence_record, lists_of_evidence
from budget_model.analysis.motion import crosswalk
from budget_model.analysis.motion_figures import first_full_year
from budget_model.analysis.pilot import HEADING, beside_the_published, freedom, whose
from budget_model.analysis.sensitivity import UNCERTAIN, Effect
from budget_model.analysis.why.addresses import read_address
from budget_model.analysis.why.graph import graph_of, graph_record
from budget_model.analysis.why.report import report
from budget_model.commands.shared import Add, printed_and_written
from budget_model.files import is_there
from budget_model.folders import LIBRARY
from budget_model.formats import change, counted, dollars, in_columns, written
from budget_model.projection import Projection, net_county_cost, project
from budget_model.scenario.confirmation import confirmations, doubts
from budget_model.scenario.file import load_scenario

_DEPTH = 2  # to which `why` follows a figure


def add_to(command: Add) -> None:
    """Add `evidence`, `why` and `motion`."""
    about = "List the numbers of a plan by how much the ends of their ranges move net county cost, with who can confirm each."
    command("evidence", _evidence, about, "Facts, forecasts and prices first, then decisions, then money that is asked.").add_argument(
        "--json", type=Path, metavar="OUT", help="also write the lists as JSON (- for standard output)"
    )
    why = command("why", _why, "Explain a figure: its rule, its formula with values, what it is made of, the assumptions behind it.")
    why.add_argument("figure", metavar="FIGURE", help="a row and when, such as 'net_county_cost@FY 2020-21' (default: all months)")
    why.add_argument("--item", action="append", default=[], metavar="NAME", help="an item of the row, such as 'Antelope Valley'")
    why.add_argument("--depth", type=_depth, default=_DEPTH, metavar="N", help=f"how far to follow what it is made of (default: {_DEPTH})")
    why.add_argument("--json", type=Path, metavar="OUT", help="also write it as a graph in JSON (- for standard output)")
    command("motion", _motion, "Print what answers each clause of the Board's motion, and how far it is confirmed.")


def _evidence(given: argparse.Namespace) -> str:
    scenario = load_scenario(given.file)
    lists = lists_of_evidence(scenario)
    confirmed, numbers = confirmations(scenario)
    parts = [
        f"Net county cost of {scenario.name}: {dollars(net_county_cost(project(scenario)))}; the change of it at each end of a range.",
        f"{confirmed} of {counted(numbers, 'number')} are confirmed by name and day.",
        *doubts(scenario),
    ]
    for name, found in lists.items():
        asked = any(effect.gap_if_refused is not None for effect in found)
        heads = [name, "Owner", "Confidence", "Value", "Used", "At the low end", "At the high end"]
        lines = [[*heads, *["If refused", "Funding gap if refused"] * asked], *(_effect_line(effect, asked=asked) for effect in found)]
        parts += [
            "",
            in_columns(lines) if found else f"{name}: none.",
            *(f"{effect.evidence}: {effect.refused}" for effect in found if effect.refused),
        ]
    return printed_and_written("\n".join(parts), evidence_record(scenario, lists), given.json)


def _effect_line(effect: Effect, *, asked: bool) -> list[str]:
    ends = ["no range" if end is None else change(end, "dollars") for end in (effect.low, effect.high)]
    refusal = (effect.cost_if_refused, effect.gap_if_refused) if asked else ()
    ends += ["not without it" if moved is None else change(moved, "dollars") for moved in refusal]
    name, value = f"{effect.label} ({effect.evidence})", f"{written(effect.value)} {effect.unit}"
    kind = f", {effect.kind}" if effect.kind in UNCERTAIN and effect.kind else ""
    return [name + kind, effect.owner or "nobody named", effect.confidence, value, f"{effect.places}x", *ends]


def _why(given: argparse.Namespace) -> str:
    from budget_model.workbook.layout.figure_cells import figure_cells, in_words

    projection = project(load_scenario(given.file))
    root = read_address(projection, given.figure, given.item)
    told = graph_of(projection, root, given.depth)
    written = graph_of(projection, root, given.depth, whole=True) if given.json else told
    cells, record = figure_cells(projection.scenario), graph_record(projection, written)
    for address, node in zip(written.nodes, record["nodes"].values(), strict=True):
        if cell := cells.cell_of(address):
            node["cell"] = cell.reference
    return printed_and_written(f"{report(told)}\n\n{in_words(cells, root)}", record, given.json)


def _depth(text: str) -> int:
    """Return a depth that was typed; argparse says what is expected."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number, 0 or more")
    return int(text)


def _motion(given: argparse.Namespace) -> str:
    projection = project(load_scenario(given.file))
    year = first_full_year(projection)
    lines = [["", "All months, or at their end", "" if year is None else projection.years[year], "Status"]]
    said = []
    for answer in crosswalk(projection):
        lines.append([f"{answer.clause.id}. {answer.clause.asks}", "", "", f"{answer.word}: {answer.confirmation}"])
        lines += [[f"  {figure.label}", figure.words, figure.words_in_full_year, ""] for figure in answer.figures]
        said += [f"{answer.clause.id}: {answer.said}"] * bool(answer.said)
    return "\n".join([in_columns(lines), *said, *_pilot(projection)])


def _kept(name: str) -> Projection | None:
    file = LIBRARY / f"{name}.yaml"
    return project(load_scenario(file)) if is_there(file) else None


def _pilot(projection: Projection) -> list[str]:
    """Return the published figures of the pilot beside those of the plan, or of the library's where it does not cover the pilot."""
    found = beside_the_published(projection, _kept)
    if found is None:
        return []
    pilot, figures = found
    lines = [[f"\n{HEADING}", "", "Published", "Model", "Difference"]]
    for one in figures:
        form = "{:,.3f}" if one.unit == "share" else "{:,.1f}"
        lines.append([f"{one.label} ({one.unit})", one.how, *(form.format(value) for value in (one.published, one.model, one.difference))])
    notes = [f"{one.label}: {one.note}" for one in figures if one.note]
    return [in_columns(lines), *notes, f"{whose(pilot)} {freedom(pilot, figures).sentence}"]
