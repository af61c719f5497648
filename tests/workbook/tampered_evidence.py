"""Kinds of tampering with what people write beside the inputs and into the change log."""

from __future__ import annotations

import html

from tampered_inputs import edited
from tampering import ASSUMPTIONS, Case, Expected, Kept, NothingToChangeError, OneOf, Refused, Told, first, kind, refused_at

from budget_model.workbook.layout.entries import NUMBER

ADDRESS = "caseload.owner@lacounty.example"


def _with_evidence(case: Case) -> str:
    """Return the cell of a number beside which may be written: of a match that a source does not have there is none."""
    return first(place for entry, place in case.inputs(NUMBER) if not entry.field.startswith("match."))


def _beside(heading: str, text: str) -> None:
    @kind(f"{heading} written beside an input")
    def tamper(case: Case) -> Expected:
        place = case.beside(_with_evidence(case), heading)
        case.parts.set_text(ASSUMPTIONS, place, text)
        return Kept(f"{ASSUMPTIONS}!{place}", text)


for _heading, _words in (
    ("Owner", "The Budget Unit, SAPC"),
    ("Comment", "Asked on Monday; the union says 14, „Größe“ \U0001f44d"),
    ("Note", "=this begins like a formula"),
    ("Source", "Board letter of 3 March, page 9"),
):
    _beside(_heading, _words)


@kind("a comment of two lines")
def two_lines(case: Case) -> Expected:
    place = case.beside(_with_evidence(case), "Comment")
    case.parts.set_text(ASSUMPTIONS, place, "The first line\nand the second")
    return OneOf((Kept(f"{ASSUMPTIONS}!{place}", "and the second"), refused_at(ASSUMPTIONS, place)))


@kind("a range widened")
def a_range(case: Case) -> Expected:
    numbers = case.parts.numbers(ASSUMPTIONS)
    for entry, address in case.inputs(NUMBER):
        place = case.beside(address, "High")
        assert entry.placed
        high = round(numbers.get(place, 0) * 1.25, 2)
        if 0 < high <= entry.placed.declared.at_most:
            break
    else:
        raise NothingToChangeError("no input has a range")
    case.parts.set_number(ASSUMPTIONS, place, high)
    return Kept(f"{ASSUMPTIONS}!{place}", f"{high:,.10g}")


@kind("a range upside down")
def range_upside_down(case: Case) -> Expected:
    numbers = case.parts.numbers(ASSUMPTIONS)
    _, address = first(found for found in case.inputs(NUMBER) if {case.beside(found[1], one) for one in ("Low", "High")} <= numbers.keys())
    low, high = case.beside(address, "Low"), case.beside(address, "High")
    case.parts.set_number(ASSUMPTIONS, low, numbers[high] + 1)
    return Refused((f"{ASSUMPTIONS}!{low}",))


@kind("a confidence that is none")
def no_confidence(case: Case) -> Expected:
    place = case.beside(_with_evidence(case), "Confidence")
    case.parts.set_text(ASSUMPTIONS, place, "fairly sure")
    return Refused((f"{ASSUMPTIONS}!{place}",))


@kind("who and why beside an input that was changed")
def who_and_why(case: Case) -> Expected:
    found = edited(case, NUMBER)
    place = next(iter(found.changes)).rpartition("!")[2]
    for heading, text in (("Who changed it", "The analyst of SAPC"), ("Why", "Rates of the new agreement")):
        case.parts.set_text(ASSUMPTIONS, case.beside(place, heading), text)
    return Kept("", "Rates of the new agreement")


def _link(case: Case, place: str, target: str) -> None:
    sheet = case.parts.sheets[ASSUMPTIONS]
    link = case.parts.link(sheet, "hyperlink", target, "External")
    case.parts.insert(sheet, "<printOptions" if "<printOptions" in case.parts.text(sheet) else "<pageMargins",
                      f'<hyperlinks><hyperlink ref="{place}" r:id="{link}"/></hyperlinks>')  # fmt: skip


@kind("an e-mail address typed, which Excel makes a link")
def mail_link(case: Case) -> Expected:
    place = case.beside(_with_evidence(case), "Owner")
    case.parts.set_text(ASSUMPTIONS, place, ADDRESS)
    _link(case, place, f"mailto:{ADDRESS}")
    return Kept(f"{ASSUMPTIONS}!{place}", ADDRESS)


@kind("a web address typed, which Excel makes a link")
def web_link(case: Case) -> Expected:
    place, address = case.beside(_with_evidence(case), "Comment"), "https://lacounty.example/agreement?page=9"
    case.parts.set_text(ASSUMPTIONS, place, address)
    _link(case, place, html.escape(address))
    return Kept(f"{ASSUMPTIONS}!{place}", address)


@kind("a link as a formula in a comment")
def link_formula(case: Case) -> Expected:
    place = case.beside(_with_evidence(case), "Comment")
    formula = f'HYPERLINK("mailto:{ADDRESS}","{ADDRESS}")'
    case.parts.set(ASSUMPTIONS, place, f"<f>{formula}</f><v>{ADDRESS}</v>", "str")
    where = f"{ASSUMPTIONS}!{place}"
    return OneOf((Kept(where, ADDRESS), Told((where,)), Refused((where,))))
