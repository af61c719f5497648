"""The panel *Why this number* as HTML: crumbs, the figure, its formula with values, its parts, its evidence, what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from budget_model.analysis.why.behind import EXPLAINED, Behind
from budget_model.analysis.why.explanation import Explanation, formula_names
from budget_model.analysis.why.parts import Part
from budget_model.analysis.why.wording import amount, in_names, in_values
from budget_model.formats import NIL, change, in_unit, shown_change, worded
from budget_model.pages.shared.evidence_register import linked_source
from budget_model.pages.shared.widgets import on_one_line
from budget_model.scenario.assumption import UNSOURCED
from budget_model.scenario.tables import PlacedAssumption

_MOST_BEHIND = 8


@dataclass(frozen=True)
class Way:
    """A link of the panel: where it leads and what it says."""

    href: str
    label: str


def crumbs(trail: Sequence[Way], closed: str) -> str:
    """Return the way that led here, each step a link but the last, and the link that closes the panel."""
    steps = [_link(way.href, way.label) for way in trail[:-1]] + [f'<span aria-current="page">{escape(trail[-1].label)}</span>']
    between = '<span class="to" aria-hidden="true">\u203a</span>'
    close = f'<a class="why close" href="{escape(closed)}" aria-label="Close why this number">\u2715</a>'
    return f'<div class="top"><nav aria-label="The way to this figure">{between.join(steps)}</nav>{close}</div>'


def figure(one: Explanation) -> str:
    """Return the figure itself: its name, when, its value and its rule."""
    when = f'<span class="when">{escape(on_one_line(one.when))}</span>' if one.when else ""
    value = in_unit(one.given.assumption.value, one.unit) if one.given else valued(one.value, one.unit)
    return f'<h2>{escape(one.label)} {when}</h2><p class="value">{escape(value)}</p><p class="rule">{escape(one.rule)}</p>'


def formula(one: Explanation) -> str:
    """Return the formula in names, where a line has one, and with values."""
    names = formula_names(one.address, one.made)
    how = f"= {in_names(names)}" if names else one.made.how.capitalize()
    return f'<p class="how">{escape(how)}</p><p class="values">= {escape(in_values(one.made.formula))}</p>'


def parts(one: Explanation, links: Mapping[Part, str], differences: Mapping[Part, float]) -> str:
    """Return the terms as lines, each leading a level down; with what each differs from the saved scenario, where any does."""
    lines = "".join(_part(part, links, differences) for part in (*one.made.parts, *one.made.beside))
    heads = '<th scope="col">Term</th><th scope="col" class="n">Value</th>' + '<th scope="col" class="n">Difference</th>' * bool(
        differences
    )
    return f'<table class="terms"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>' if lines else ""


def _part(part: Part, links: Mapping[Part, str], differences: Mapping[Part, float]) -> str:
    label = _link(links[part], part.label) if part in links else escape(part.label)
    if part.gathered:
        inner = "".join(
            f"<li>{_link(links[one], one.label)} <span>{escape(valued(one.value, one.unit))}</span></li>" for one in part.gathered
        )
        label = f"<details><summary>{escape(part.label)}</summary><ul>{inner}</ul></details>"
    moved = differences.get(part)
    beside = f'<td class="n">{escape(shown_change(part.value - moved, part.value, part.unit) if moved else "")}</td>' if differences else ""
    return f'<tr><th scope="row">{label}</th><td class="n">{escape(valued(part.value, part.unit))}</td>{beside}</tr>'


def years(found: Iterable[tuple[Way, str, bool]]) -> str:
    """Return the same figure in each fiscal year: a link, its value, and whether it is the one shown."""
    lines = "".join(
        f'<tr><th scope="row">{f"<b>{escape(on_one_line(way.label))}</b>" if shown else _link(way.href, way.label)}</th>'
        f'<td class="n">{escape(value)}</td></tr>'
        for way, value, shown in found
    )
    return _folded("By fiscal year", f'<table class="terms"><tbody>{lines}</tbody></table>') if lines else ""


def groups(name: str, found: Mapping[str, float], unit: str) -> str:
    """Return a sum by what its terms have in common, such as their site."""
    lines = "".join(
        f'<tr><th scope="row">{escape(group)}</th><td class="n">{escape(valued(value, unit))}</td></tr>' for group, value in found.items()
    )
    return _folded(f"By {name}", f'<table class="terms"><tbody>{lines}</tbody></table>')


def evidence(placed: PlacedAssumption, changing: str) -> str:
    """Return what vouches for an assumption, and the link that opens its cell in Build."""
    given, unit = placed.assumption, placed.declared.unit
    low, high = (NIL if end is None else worded(end, unit) for end in (given.low, given.high))
    source = linked_source(given.source) if given.source else UNSOURCED.capitalize()
    said = {
        "Unit": escape(placed.declared.unit),
        "Range": escape(NIL if low == high == NIL else f"{low} to {high}"),
        "Confidence": escape(given.confidence),
        "Kind": escape(given.kind),
        "Source": f"{source} ({escape(given.date)})" if given.date else source,
        "Who can confirm it": escape(" ".join(part for part in (given.owner or NIL, given.confirmation) if part)),
        "Note": escape(" ".join(part for part in (given.remark, given.comment) if part)),
        "Register of evidence": escape(given.evidence),
    }
    lines = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in said.items() if text)
    return f'<dl>{lines}</dl><p><a class="why go" href="{escape(changing)}">Change it</a></p>'


def given_elsewhere(changing: str) -> str:
    """Return the link that opens in Build what is given and is no number with evidence, such as a choice."""
    return (
        f'<p><a class="why go" href="{escape(changing)}">Change it</a></p>'
        if changing
        else '<p class="quiet">It follows from the calendar.</p>'
    )


def assumptions(found: Sequence[Behind], links: Mapping[Behind, str], unit: str) -> str:
    """Return the assumptions behind a figure, those first that move it most; beyond the first the others are folded away."""
    if not found:
        return ""
    first, others = (_listed(some, links, unit) for some in (found[:_MOST_BEHIND], found[_MOST_BEHIND:]))
    more = _folded(f"{len(found) - _MOST_BEHIND:,} more", others) if len(found) > _MOST_BEHIND else ""
    return f'<h3>The assumptions that move it most</h3>{first}{more}<p class="quiet">{escape(EXPLAINED)}</p>'


def _listed(found: Sequence[Behind], links: Mapping[Behind, str], unit: str) -> str:
    heads = '<th scope="col">Assumption</th><th scope="col" class="n">Value</th><th scope="col" class="n">1% more</th>'
    lines = "".join(_behind(one, links.get(one, ""), unit) for one in found)
    return f'<table class="terms"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'


def _behind(one: Behind, link: str, unit: str) -> str:
    first = one.first
    where = ", ".join(
        filter(
            None, (first.item, f"and {len(one.uses) - 1} more" if len(one.uses) > 1 else "", f"{first.assumption.confidence} confidence")
        )
    )
    name = _link(link, first.declared.label) if link else escape(first.declared.label)
    return (
        f'<tr><th scope="row">{name}<span class="under">{escape(where)}</span></th>'
        f'<td class="n">{escape(worded(first.assumption.value, first.declared.unit))}</td>'
        f'<td class="n">{escape(change(one.effect, unit))}</td></tr>'
    )


def section(title: str, sentences: Iterable[str]) -> str:
    """Return sentences under a heading; nothing where there are none."""
    lines = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return f"<h3>{escape(title)}</h3>{lines}" if lines else ""


def in_the_workbook(cell: str) -> str:
    """Return where the figure stands in the workbook; in the place of what is not known yet, that it follows."""
    return f'<p class="quiet cell">{escape(cell or "Its cell in the workbook follows in a moment.")}</p>'


def tools(text: str) -> str:
    """Return the buttons that copy and print, with the text that is copied."""
    buttons = '<button type="button" data-why="copy">Copy</button><button type="button" data-why="print">Print</button>'
    return f'<p class="tools">{buttons}</p><pre class="why-text" hidden>{escape(text)}</pre>'


def valued(value: float, unit: str) -> str:
    """Return a value with its unit, where its form does not say it."""
    text = amount(value, unit)
    if unit == "1 = yes":
        return "yes" if value else "no"
    return text if unit.startswith(("dollars", "share")) or unit in ("date", "month", "factor", "number") else f"{text} {unit}"


def _folded(title: str, inner: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{inner}</details>"


def _link(href: str, label: str) -> str:
    return f'<a class="why" href="{escape(href)}">{escape(on_one_line(label))}</a>'
