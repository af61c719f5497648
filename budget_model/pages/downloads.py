"""Downloads: workbooks, the scenario as a file, results as CSV and JSON; and an edited workbook read back."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from budget_model.analysis.flat_data import flat_data
from budget_model.analysis.funder_forms.template import form_names, load_form
from budget_model.analysis.summary_record import record
from budget_model.analysis.tidy import csv_text, tidy
from budget_model.analysis.workbook_content import SavedVersion
from budget_model.editing.changes import checked
from budget_model.editing.differences import differences, with_differences
from budget_model.errors import BudgetModelError, ScenarioError, SimulationError, WorkbookError
from budget_model.formats import NIL, dollars, shown_change
from budget_model.pages.shared import ask_first, check_list, draft_session, notices
from budget_model.pages.shared.build_parts import ASSUMPTIONS, REVIEW
from budget_model.pages.shared.catalog import offered, opened, projection
from budget_model.pages.shared.empty_state import teach_in_build
from budget_model.pages.shared.jobs import run
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Line, heading, plain, say, sheet
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import cache_key, digest, scenario_text
from budget_model.scenario.wording import for_people
from budget_model.serving import uploads
from budget_model.serving.uploads import Waiting
from budget_model.store.versions import MOST_AUTHOR, MOST_REASON
from budget_model.workbook.layout.template import WORKBOOK
from budget_model.workbook.reading.edits import Imported, ReadChange
from budget_model.workbook.reading.reader import import_workbook
from budget_model.workbook.writing.comparison import comparison_of
from budget_model.workbook.writing.export import file_name, workbook_of
from budget_model.workbook.writing.pdf import NO_OFFICE, office, printed
from budget_model.workbook.writing.recompute import recomputed
from budget_model.workbook.writing.writer import Written

if TYPE_CHECKING:
    from budget_model.simulation.results import Simulation

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PDF = "application/pdf"
_MEGABYTES = 12


@dataclass(frozen=True)
class _Made:
    """A workbook that may be downloaded: what it was made from, its file name, its bytes, what was recomputed, its PDF if asked for."""

    key: str
    file: str
    content: bytes
    proof: str
    pdf: bytes = b""
    pages: int = 0


def _make(slot: str, key: str, file: str, write: Callable[[], Written], *, on_paper: bool = False) -> None:
    """Write a workbook, recompute it and print it if asked, saying which step runs; keep it for the download."""
    try:
        with st.status("Writing the workbook ...", expanded=True) as status:
            written = write()
            status.update(label=f"Recomputing {len(written.cells):,} formulas with another engine ...")
            proof = run(recomputed, written)
            pdf = b""
            if on_paper:
                status.update(label=f"Printing its pages 1 to {written.pages} ...")
                pdf = run(printed, written.content, len(written.printed), written.pages)
            status.update(label="The workbook is ready.", state="complete", expanded=False)
    except BudgetModelError as error:
        logging.getLogger("budget_model").exception("The workbook %s could not be made", file)
        st.error(plain(f"The workbook could not be made and is not handed out. {error}"))
        return
    st.session_state[slot] = _Made(key, file, written.content, str(proof), pdf, written.pages)


def _download(slot: str, key: str) -> None:
    """Offer what was made, if it is of what is asked for now."""
    made: _Made | None = st.session_state.get(slot)
    if made is None:
        return
    if made.key != key:
        say("What you ask for has changed since the last workbook was made; make it again.", "quiet")
        return
    st.download_button(
        f"Download {made.file}",
        made.content,
        made.file,
        _XLSX,
        on_click="ignore",
        type="primary",
        icon=":material/download:",
        key=f"{slot}_file",
    )
    if made.pdf:
        file = f"{made.file.removesuffix('.xlsx')}.pdf"
        label = f"Download {file} ({made.pages} pages)"
        st.download_button(label, made.pdf, file, _PDF, on_click="ignore", icon=":material/print:", key=f"{slot}_pdf")
    say(f"{made.proof} {len(made.content) / 1_000_000:.1f} MB.", "quiet")


def _version(screen: ScreenState) -> SavedVersion | None:
    """Return the saved version that is on the screen, None where it is a file of the library or was changed."""
    version = None if screen.changes else opened(offered(), screen.slug, screen.version)[0]
    return SavedVersion(version.number, version.author, version.reason, version.saved_at) if version else None


def _forms() -> dict[str, str]:
    """Return what each funder's form is called; one whose file is wrong is said with its fault, and the others stand."""
    found = {}
    for name in form_names():
        try:
            found[name] = _capital(load_form(name).short)
        except ScenarioError as error:
            st.error(plain(f"The form {name} cannot be used. {error}"))
    return found


def _one(screen: ScreenState) -> None:
    st.header("Make a workbook", anchor=False)
    say("Every result in it is a live formula. It is made from exactly what is on the screen, in ten to twenty seconds.")
    kinds = {WORKBOOK: "Budget workbook"} | _forms()
    kind = st.segmented_control("Form", list(kinds), format_func=kinds.__getitem__, default=WORKBOOK, required=True, key="form") or WORKBOOK
    missing = office() is None
    about = (
        NO_OFFICE
        if missing
        else "Letter, landscape: cover, summary, units, change table, forms, sites, staffing, contracts, funding, care, checks."
    )
    on_paper = st.checkbox("With a PDF of the pages that a reader needs on paper", disabled=missing, help=about, key="on_paper")
    with_range = kind == WORKBOOK and _range_asked(screen)
    key = f"{kind} {on_paper} {with_range} {cache_key(screen.now.scenario)} {cache_key(screen.saved.scenario)} {screen.version}"
    look = {"type": "primary", "icon": ":material/table_view:"}
    if ask_first.button("Make the workbook", "make_workbook", check_list.failing(screen.now), "Make it all the same", **look):
        base = screen.saved.scenario if screen.changes else None
        saved = _version(screen)
        file = file_name(screen.now.scenario.name, kind, saved, with_range=with_range)

        def write() -> Written:
            return run(workbook_of, screen.now.scenario, kind, base, saved, _drawn(screen) if with_range else None)

        _make("made", key, file, write, on_paper=on_paper)
    _download("made", key)


def _range_asked(screen: ScreenState) -> bool:
    """Let the reader ask for the sheet Range; return whether it is asked for and there is anything to draw."""
    about = (
        "What the uncertain numbers do to net county cost, with charts, as the page Range shows it at first. "
        "Its figures are those of the moment, and no formulas."
    )
    if not st.checkbox("With the sheet Range, which takes two to ten seconds more", help=about, key="with_range"):
        return False
    from budget_model.simulation.uncertain import uncertain_numbers  # what draws needs takes long to import
    from budget_model.simulation.wording import HAS_A_RANGE

    if uncertain_numbers(screen.now.scenario):
        return True
    teach_in_build(f"The workbook is made without it, for no number has a range. {HAS_A_RANGE}", "Give them in Build", ASSUMPTIONS)
    return False


def _drawn(screen: ScreenState) -> Simulation:
    """Return the draws for the sheet Range. Raises WorkbookError, with what to do, where they were stopped."""
    from budget_model.pages.shared import simulations  # what draws needs takes long to import

    try:
        return simulations.in_full(screen.now)
    except SimulationError as error:
        raise WorkbookError(f"{error} Make it again, or without the sheet Range.") from error


def _capital(text: str) -> str:
    """Return a text with its first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def _files(screen: ScreenState) -> None:
    """Offer the scenario as a file, the summary and every result; file names carry the digest of what they hold."""
    st.header("The scenario and its results as files", anchor=False)
    say("The scenario file opens with the command line and the library; the results are one line for each row, item and period.")
    say("Cost and money as rows are for pivots: by month and line of the budget, and by month and what pays.")
    kinds: tuple[tuple[str, Callable[[], str], str, str], ...] = (
        ("Scenario (YAML)", lambda: scenario_text(screen.now.scenario), ".yaml", "text/yaml"),
        ("Cost and money as rows (CSV)", lambda: csv_text(flat_data(screen.now)), "_cost_and_money.csv", "text/csv"),
        ("Results by fiscal year (CSV)", lambda: csv_text(tidy(screen.now, by_month=False)), "_years.csv", "text/csv"),
        ("Results by month (CSV)", lambda: csv_text(tidy(screen.now, by_month=True)), "_months.csv", "text/csv"),
        ("Summary (JSON)", lambda: json.dumps(record(screen.now), indent=2), ".json", "application/json"),
    )
    with st.container(horizontal=True):
        for label, content, ending, kind in kinds:
            name = screen.file_name + ending
            st.download_button(label, content, name, kind, on_click="ignore", key=f"file{ending}", icon=":material/download:")


def _several(screen: ScreenState) -> None:
    st.header("Compare scenarios in one workbook", anchor=False)
    say("Each scenario brings its own live model; a bridge shows what leads from one to another.")
    found = offered()
    chosen = st.multiselect(
        "Scenarios, two or more", found.slugs, default=[screen.slug], format_func=found.label, key="compared_in_workbook"
    )
    scenarios = [opened(found, slug)[1] for slug in chosen]
    key = " ".join(cache_key(scenario) for scenario in scenarios)
    failing = [f"{scenario.name}. {words}" for scenario in scenarios for words in check_list.failing(projection(scenario))]
    look = {"disabled": len(chosen) < 2, "icon": ":material/compare_arrows:"}
    if ask_first.button("Make the comparison", "make_comparison", failing, "Make it all the same", **look):
        _make("compared_made", key, f"comparison_{len(chosen)}_scenarios.xlsx", lambda: run(comparison_of, scenarios))
    _download("compared_made", key)


def _back(screen: ScreenState) -> None:
    st.header("Read an edited workbook back", anchor=False)
    say(
        "Cells that are not locked, which are blue, and spare rows are read, with who and why. "
        "You see every change, and what it does to net county cost, before you keep it."
    )
    of_this = st.checkbox("Only a workbook of the scenario on the screen", value=True, key="only_this")
    given = _given()
    if given is not None and st.button("Read the workbook", type="primary", icon=":material/upload_file:"):
        expected = (screen.saved.scenario, screen.now.scenario) if of_this else ()
        st.session_state["read"] = (given.name, _read(given.content, given.name, expected))
        st.session_state["files_read"] += 1
        uploads.let_go()
        st.rerun()  # with an empty field: what was read is kept, the file is not
    if "read" in st.session_state:
        _show_read(screen, *st.session_state["read"])


def _given() -> Waiting | None:
    """Return the file that was chosen; says why it was not taken, or that it is no longer here."""
    key = f"edited{st.session_state.setdefault('files_read', 0) or ''}"
    given = uploads.waiting(st.file_uploader("An edited workbook (.xlsx)", type="xlsx", max_upload_size=_MEGABYTES, key=key))
    if refused := uploads.refusal():
        st.error(plain(refused))
    elif given is None and st.session_state.get("given") == key:
        say(
            "The file is no longer here: it was taken out, the page was left, or the connection was lost. Choose it to have it read.",
            "quiet",
        )
    st.session_state["given"] = None if given is None else key
    return given


def _read(content: bytes, file: str, expected: tuple[Scenario, ...]) -> Imported | str:
    """Return what was changed in a workbook, or why it cannot be read."""
    try:
        with st.status("Checking the file, reading its cells and comparing its formulas ..."):
            return run(import_workbook, content, file, expected)
    except ScenarioError as error:
        return "\n".join(for_people(ScenarioError([problem])) for problem in error.problems)
    except BudgetModelError as error:
        return str(error)


def _show_read(screen: ScreenState, file: str, read: Imported | str) -> None:
    """Show what was changed and what it does, and offer the scenario as a file; or say why the file cannot be read."""
    if isinstance(read, str):
        st.error("\n\n".join(plain(line) for line in read.splitlines()))
        return
    for remark in read.remarks:
        st.info(plain(remark))
    if not read.changes:
        say(f"Nothing was changed in {file}.")
        return
    say(f"{read.counted}.", "say")
    if read.of_figures:
        _show_figures(file, read)
    if read.of_evidence:
        told = [Line(found.about, [found.before or NIL, found.after or NIL], under=_under(found)) for found in read.of_evidence]
        sheet(["Beside the numbers", "Old", "New"], told, "Written beside the numbers: no figure changes by it", text_columns=2)
    if read.who or read.why:
        said = [f"{label}: {'; '.join(texts)}." for label, texts in (("Who", read.who), ("Why", read.why)) if texts]
        say(f"Proposed when you save, from the workbook. {' '.join(said)}", "quiet")
    if screen.changes and _with_read(screen.now.scenario, read) == screen.now.scenario:
        teach_in_build("The draft has these changes.", "Review and save", REVIEW)
    with st.container(horizontal=True, vertical_alignment="center"):
        count = len(read.changes)
        words = f"{count} {'change' if count == 1 else 'changes'} read from {file}"
        st.button("Take these changes into the draft", type="primary", icon=":material/edit_note:", on_click=_take, args=(read, words))
        text = scenario_text(read.scenario, read.provenance(file))
        name = f"read_back_{digest(read.scenario)}.yaml"
        st.download_button("Download as a scenario file", text, name, "text/yaml", on_click="ignore", icon=":material/download:")


def _show_figures(file: str, read: Imported) -> None:
    lines = []
    for found in read.of_figures:
        effect = "only with the others" if found.effect is None else shown_change(read.before, read.before + found.effect, "dollars")
        old = "new item" if found.is_addition else found.before
        lines.append(Line(found.about, [old, found.after, effect], under=_under(found)))
    lines.append(Line("All together", ["", "", shown_change(read.before, read.after, "dollars")], "total"))
    sheet(["Assumption", "Old", "New", "Net county cost"], lines, f"{file}, made from {read.base.name}", text_columns=2)
    say(f"Net county cost over all months: {dollars(read.before)} before, {dollars(read.after)} now.", "say")


def _under(found: ReadChange) -> str:
    """Return the cell of a change, with who made it and why where the workbook says so."""
    return ", ".join(text for text in (found.address, found.who, found.why) if text)


def _with_read(scenario: Scenario, read: Imported) -> Scenario:
    """Return a scenario with what was changed in the workbook; what else is otherwise since it was made stays."""
    return with_differences(scenario, read.scenario, differences(read.base, read.scenario))


def _take(read: Imported, words: str) -> None:
    """Take over what was changed in the workbook; what else changed here since it was made stays."""
    places = [one.place for one in differences(read.base, read.scenario)]
    if draft_session.edit(lambda now: checked(_with_read(now, read), places), words):
        left = draft_session.propose({"author": ("; ".join(read.who), MOST_AUTHOR), "reason": ("; ".join(read.why), MOST_REASON)})
        notices.notify(f"Taken into the draft: {words}. Review them under Build before you save.{left}", done=True)


def _page(screen: ScreenState) -> None:
    heading("Downloads", screen, "Everything is made from exactly what is on the screen.")
    check_list.warn(screen)
    _one(screen)
    _files(screen)
    _several(screen)
    _back(screen)


_page(current())
