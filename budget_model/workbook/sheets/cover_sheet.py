"""The cover: what the plan comes to in a few sentences, its headline figures by fiscal year with a chart, and the list of sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from textwrap import wrap

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from budget_model.analysis.headline_warnings import headline_warnings
from budget_model.charts.hues import BLUE, GREEN, SKY
from budget_model.engine.rows import Kind
from budget_model.engine.vocabulary import COUNT_DIGITS, COUNT_DIGITS_NAME
from budget_model.formats import counted
from budget_model.scenario.confirmation import State
from budget_model.workbook.layout.book import FIRST_YEAR, LABEL, STATUS_ROW, TITLE_ROW, TOTAL, UNIT, Block
from budget_model.workbook.layout.sheet_kinds import MEANING, SheetKind
from budget_model.workbook.layout.template import Cover, Crosswalk, EachSite, Fact, ShownRow
from budget_model.workbook.layout.widths import LETTERS_A_WIDTH
from budget_model.workbook.sheets.check_lines import missed_count
from budget_model.workbook.sheets.crosswalk_sheet import answers, words_range
from budget_model.workbook.sheets.form_amounts_sheet import filled_in_for
from budget_model.workbook.sheets.front_sheets import version_facts
from budget_model.workbook.sheets.saved_and_now import write_saved_and_now
from budget_model.workbook.sheets.sheet import MASTER_ROW, REMARKS_CELL, Pen
from budget_model.workbook.sheets.summary_sheets import HATCHED, dress

_LABEL_WIDTH, _UNIT_WIDTH, _AMOUNT_WIDTH = 44, 16, 13  # letters
_LEAST_YEARS = 5  # as many columns the text has, however few the fiscal years
_CHART_ROWS, _ROW_HEIGHT = 15, 20  # pixels a row
_MONEY = '"$"#,##0;("$"#,##0);"--"'
_GROSS, _TRANSFERS, _REVENUE, _NET, _GAP = "gross_appropriation", "intrafund_transfers", "revenue", "net_county_cost", "funding_gap"
_AWARDED = "all_drawdown_awarded"
_WITHIN = "Net county cost, authorized or asked for"
_ALT = (
    "Stacked columns: who pays or would pay the gross appropriation of each fiscal year: money from outside, transfers from other "
    "units, the County's own money that is authorized or asked for, and hatched the funding gap, which nobody pays yet."
)
_PRINTING = "On paper: print the entire workbook, pages 1 to {}{}."
_NOT_BY_SELECTING = "Never print by selecting several sheets: what is typed next goes into all of them."
Lines = Mapping[str, int]  # the sheet row of each headline figure
Sentence = Callable[["_Cover", Lines], tuple[str, str]]  # a formula, without its sign, and the text it comes to


class _Cover:
    """The cover being written: the pen, the width of its text, the fiscal year that sentences name beside the total."""

    def __init__(self, pen: Pen, declared: Cover) -> None:
        self.pen, self.declared = pen, declared
        timeline = pen.book.projection.timeline
        self.years = timeline.years
        self.last = TOTAL + max(len(self.years), _LEAST_YEARS)
        whole = [number for number, (start, stop) in enumerate(timeline.spans) if stop - start == 12]
        self.year = whole[-1] if whole else len(self.years) - 1

    def paragraph(self, line: int, text: str, column: int = LABEL) -> int:
        """Write a text over as many rows as it takes, each as wide as the sheet; return the next row."""
        widths = (_LABEL_WIDTH, _UNIT_WIDTH, *[_AMOUNT_WIDTH] * (self.last - UNIT))
        lines = wrap(text, int(sum(widths[column:]) * LETTERS_A_WIDTH)) or [""]
        for offset, part in enumerate(lines):
            self.pen.text(line + offset, column, part, "item" if column == LABEL else "plain")
        return line + len(lines)

    def heading(self, line: int, text: str) -> int:
        """Write the heading of a section; return the next row."""
        self.pen.band(line, text, self.last)
        return line + 1

    def facts(self, line: int, facts: Iterable[Fact]) -> int:
        """Write what each fact is about, and the fact beside it; return the next row."""
        for fact in facts:
            self.pen.text(line, LABEL, fact.about, "item")
            line = self.paragraph(line, fact.text, UNIT)
        return line


def write_cover(pen: Pen, declared: Cover) -> None:
    """Write the scenario's name and version, its message, its figures with their chart, how to use the workbook, and its sheets."""
    cover, book = _Cover(pen, declared), pen.book
    pen.sheet.set_column(LABEL, LABEL, _LABEL_WIDTH)
    pen.sheet.set_column(UNIT, UNIT, _UNIT_WIDTH)
    pen.sheet.set_column(TOTAL, cover.last, _AMOUNT_WIDTH)
    pen.head(book.scenario.name, status_column=TOTAL)
    line = cover.paragraph(2, ". ".join(filter(None, (declared.title + filled_in_for(book), book.content.description))))
    message = cover.heading(line + 1, "In short")
    declares = {"", *(entry.row for entry in declared.figures)}
    sentences = [(about, sentence) for about, row, sentence in _SENTENCES if row in declares]
    first_figure = message + len(sentences) + 2
    figures = _write_figures(cover, first_figure)
    _write_message(cover, message, sentences, figures)
    parts = [max(figures.values()) + 2]
    line = _draw(cover, parts[0], first_figure, figures)
    parts.append(line)
    line = _write_warnings(cover, line)
    parts.append(line + 1)
    line = _write_state(cover, line + 1)
    parts.append(line + 1)
    line = write_saved_and_now(pen, cover.heading(line + 1, "As saved, and now"))
    parts.append(line + 1)
    line = cover.facts(cover.heading(line + 1, "This workbook"), _facts(pen, declared))
    parts.append(line + 1)
    line = cover.heading(line + 1, "How to use it")
    for text in declared.how_to_use:
        line = cover.paragraph(line, text)
    pen.text(line + 1, LABEL, _NOT_BY_SELECTING, "item")
    pen.on_paper(line + 1, cover.last, head=(TITLE_ROW, STATUS_ROW), parts=parts, whole=True)  # the list of sheets is for the screen
    pages = pen.pens.pages.count(book.printed_together)  # known when the cover is laid out too
    further = pen.pens.pages.count(book.order[: book.order.index(book.assumptions)])
    given = pen.pens.pages.count(book.order[: len(book.printed_together) + 1])
    behind = f"; up to page {given} follows what the scenario gives, up to page {further} the changes of each budget unit"
    pen.text(line, LABEL, _PRINTING.format(pages, behind if further > pages else ""), "item")
    _write_contents(cover, line + 3)


def _write_figures(cover: _Cover, line: int) -> dict[str, int]:
    """Write the headline figures with the total and each fiscal year, money with its sign; return the row of each."""
    pen, book = cover.pen, cover.pen.book
    found: dict[str, int] = {}
    for column in range(cover.last + 1):
        pen.text(line - 1, column, "", "head")
    for column, text in enumerate(("Headline figures", "Unit", "Total", *cover.years)):
        pen.text(line - 1, column, text, "head" if column else "head_left")
    for entry in cover.declared.figures:
        if entry.row == _GAP and _NET in found:
            _write_within(cover, line, found[_NET], line + 1)
            found[_WITHIN] = line
            line += 1
        block, style = book.blocks[entry.row], "total" if entry.total else "plain"
        form = pen.styles(style, _MONEY) if block.row.unit == "dollars" else pen.figure(block.row.unit, style)
        _write_label(pen, line, entry, block)
        values = book.projection.by_year(entry.row).tolist()
        for column, value in zip((*range(FIRST_YEAR, TOTAL + len(values)), TOTAL), values, strict=True):
            pen.link(line, column, block, (), column, value, form)
        found[entry.row] = line
        line += 1
    return found


def _write_label(pen: Pen, line: int, entry: ShownRow, block: Block) -> None:
    pen.text(line, LABEL, entry.label or block.row.label, "total" if entry.total else "item")
    pen.text(line, UNIT, block.row.unit, "small_total" if entry.total else "small")


def _write_within(cover: _Cover, line: int, net: int, gap: int) -> None:
    """Write what of net county cost is authorized or asked of the County: all but the gap, which stands in the next row."""
    pen, projection = cover.pen, cover.pen.book.projection
    pen.text(line, LABEL, _WITHIN, "item")
    pen.text(line, UNIT, "dollars", "small")
    values = (projection.by_year(_NET) - projection.by_year(_GAP)).tolist()
    for column, value in zip((*range(FIRST_YEAR, TOTAL + len(values)), TOTAL), values, strict=True):
        letter = xl_col_to_name(column)
        pen.formula(line, column, f"={letter}{net + 1}-{letter}{gap + 1}", value, pen.styles("plain", _MONEY))


def _write_message(cover: _Cover, line: int, sentences: Iterable[tuple[str, Sentence]], figures: Lines) -> None:
    """Write what the plan costs, who pays and what is missing, in sentences that follow every change."""
    for about, sentence in sentences:
        formula, value = sentence(cover, figures)
        cover.pen.text(line, LABEL, about, "strong")
        cover.pen.formula(line, UNIT, f"={formula}", value, cover.pen.styles("plain"))
        line += 1


def _dollars(amount: float) -> str:
    """Return an amount as the function TEXT shows it, rounded as the formula rounds it."""
    whole = int(round(Decimal(f"{amount:.15g}"), COUNT_DIGITS).quantize(Decimal(1), ROUND_HALF_UP))
    return f"-${-whole:,}" if whole < 0 else f"${whole:,}"


def _in_words(cover: _Cover, figures: Lines, row: str, year: int | None = None) -> tuple[str, str]:
    """Return a headline figure over all months, or of a fiscal year, as a part of a formula's text, and as text."""
    column = TOTAL if year is None else FIRST_YEAR + year
    amount = float(cover.pen.book.projection.by_year(row)[-1 if year is None else year])
    cell = f"{xl_col_to_name(column)}{figures[row] + 1}"
    return f'TEXT(ROUND(ROUND({cell},{COUNT_DIGITS_NAME}),0),"$#,0;-$#,0")', _dollars(amount)  # else IronCalc loses the sign of -1


def _total_and_year(row: str, before: str) -> Sentence:
    """Return the sentence of a figure: over all months, and in the last whole fiscal year."""

    def sentence(cover: _Cover, figures: Lines) -> tuple[str, str]:
        (total, total_text), (of_year, of_year_text) = (_in_words(cover, figures, row, year) for year in (None, cover.year))
        end = f" in {cover.years[cover.year]}."
        return f'"{before}"&{total}&" in all, "&{of_year}&"{end}"', f"{before}{total_text} in all, {of_year_text}{end}"

    return sentence


def _one(row: str, before: str, after: str, nothing: str = "") -> Sentence:
    """Return the sentence of a figure over all months; another one where it is nothing."""

    def sentence(cover: _Cover, figures: Lines) -> tuple[str, str]:
        formula, text = _in_words(cover, figures, row)
        formula, text = f'"{before}"&{formula}&"{after}"', f"{before}{text}{after}"
        if not nothing:
            return formula, text
        amount = float(cover.pen.book.projection.by_year(row)[-1])
        return f'IF({xl_col_to_name(TOTAL)}{figures[row] + 1}=0,"{nothing}",{formula})', text if amount else nothing

    return sentence


def _checks(cover: _Cover, _: Lines) -> tuple[str, str]:
    """Return how many faults, duties missed and remarks there are."""
    book = cover.pen.book
    counts = [missed_count(book, kind) for kind in Kind]
    words = ("Faults: ", ", duties missed: ", ", remarks: ")
    cells = (f"{quote_sheetname(book.checks)}!$C${row}" for row in range(MASTER_ROW + 2, MASTER_ROW + 5))
    formula = "&".join(f'"{word}"&{cell}' for word, cell in zip(words, cells, strict=True))
    return f'{formula}&"."', "".join(f"{word}{count}" for word, count in zip(words, counts, strict=True)) + "."


# What each is about, the headline figure that it says, and how it is written.
_SENTENCES: tuple[tuple[str, str, Sentence], ...] = (
    ("What it costs", _GROSS, _total_and_year(_GROSS, "Gross appropriation ")),
    ("", _NET, _total_and_year(_NET, "Net county cost ")),
    ("Who pays", _REVENUE, _one(_REVENUE, "Revenue from outside the County pays, or would pay, ", ".")),
    ("", _AWARDED, _one(_AWARDED, "Of all that sources pay, or would pay, ", " is awarded.")),
    ("What is missing", _GAP, _one(_GAP, "No source pays ", ": the funding gap.", "There is no funding gap.")),
    ("What the checks say", "", _checks),
)


def _draw(cover: _Cover, line: int, first_figure: int, figures: Lines) -> int:
    """Draw who pays each fiscal year; return the row after the chart."""
    pen, final = cover.pen, TOTAL + len(cover.years)
    drawn = pen.pens.workbook.add_chart({"type": "column", "subtype": "stacked"})
    payers = (
        ("Revenue", _REVENUE, {"color": GREEN}),
        ("Intrafund transfers", _TRANSFERS, {"color": SKY}),
        ("County, authorized or asked for", _WITHIN, {"color": BLUE}),
        ("Nobody yet: the funding gap", _GAP, None),
    )
    for name, row, color in payers:
        if row in figures:
            drawn.add_series({
                "name": name,
                "categories": [pen.name, first_figure - 1, FIRST_YEAR, first_figure - 1, final],
                "values": [pen.name, figures[row], FIRST_YEAR, figures[row], final],
                "gap": 60,
                **({"fill": color} if color else HATCHED),
            })  # fmt: skip
    dress(drawn, "Who pays, or would pay, in each fiscal year", "dollars")
    widths = (_LABEL_WIDTH, _UNIT_WIDTH, *[_AMOUNT_WIDTH] * (cover.last - UNIT))
    drawn.set_size({"width": sum(7 * width + 5 for width in widths), "height": _CHART_ROWS * _ROW_HEIGHT})
    pen.sheet.insert_chart(line, 0, drawn, {"description": _ALT, "object_position": 2})
    return line + _CHART_ROWS + 1


def _write_warnings(cover: _Cover, line: int) -> int:
    """Write what a reader of the figures must know beside them, as it stood on the day of the export; return the next row."""
    line = cover.heading(line, "What to look at, as it stood when this workbook was made; the Checks sheet follows every change")
    warnings = headline_warnings(cover.pen.book.projection)
    facts = [Fact(about=warning.about, text=warning.words) for warning in warnings]
    return cover.facts(line, facts or [Fact(about="Nothing", text="No remark on the whole program.")])


def _write_state(cover: _Cover, line: int) -> int:
    """Write how far the clauses of the motion are answered, and how many remarks there are; return the next row."""
    pen, book = cover.pen, cover.pen.book
    line = cover.heading(line, "How far the plan is confirmed")
    crosswalk = next((sheet for sheet in book.template.sheets if isinstance(sheet, Crosswalk)), None)
    if crosswalk:
        found, words = answers(pen), words_range(pen, crosswalk)
        for word in reversed(State):
            pen.text(line, LABEL, f"Clauses of the motion, of {len(found)}: {word}", "item")
            value = sum(answer.word is word for answer in found)
            pen.formula(line, UNIT, f'=COUNTIF({words},"{word}")', value, pen.styles("left", "0"))
            line += 1
    pen.text(line, LABEL, "Remarks to look at, on the Checks sheet", "item")
    pen.formula(line, UNIT, f"={quote_sheetname(book.checks)}!{REMARKS_CELL}", missed_count(book, Kind.REMARK), pen.styles("left", "0"))
    return line + 1


def _facts(pen: Pen, declared: Cover) -> Iterator[Fact]:
    """Yield what this workbook is of: version, author, date and reason, what was changed, budget phase, months, sites."""
    scenario, content = pen.book.scenario, pen.book.content
    yield from version_facts(pen)
    if content.differences:
        yield Fact(
            about="Changed since", text=f"{counted(len(content.differences), 'difference')} from {content.base}: the sheet What changed."
        )
    yield Fact(about="Budget phase", text=scenario.phase)
    yield Fact(about="Months", text=f"{scenario.first_month:%B %Y} to {scenario.timeline.last:%B %Y}")
    yield Fact(about="Sites", text="; ".join(site.name for site in scenario.sites))
    yield from declared.facts


def _write_contents(cover: _Cover, line: int) -> int:
    """Write a line for each sheet: a link, what it is for in word and color, its title; and what the colors of tabs mean."""
    pen, book = cover.pen, cover.pen.book
    line = cover.heading(line, "Sheets")
    titles = {sheet.sheet: sheet.title for sheet in book.template.sheets if not isinstance(sheet, EachSite)}
    each = next((sheet.title for sheet in book.template.sheets if isinstance(sheet, EachSite)), "")
    titles |= {name: f"{each}: {site}" for site, name in book.site_sheets.items()}
    for name, kind in book.kinds.items():
        if name != pen.name:
            pen.link_to(line, LABEL, name, name)
            pen.text(line, UNIT, kind, f"tab_{kind.lower()}")
            line = cover.paragraph(line, titles[name], TOTAL)
    line = cover.heading(line + 1, "Colors of the tabs")
    for kind in SheetKind:
        if kind in book.kinds.values():
            pen.text(line, LABEL, MEANING[kind].capitalize(), "item")
            pen.text(line, UNIT, kind, f"tab_{kind.lower()}")
            line += 1
    return line
