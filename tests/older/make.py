"""Write what stands in this folder, with the code of version 0.4.0 (commit c450914) and no other.

    git worktree add ../c450914 c450914
    PYTHONPATH=../c450914 python tests/older/make.py

Its modules are imported where they are used, so that this file stays readable to programs that import all there is.
"""

from __future__ import annotations

import json
import lzma
import shutil
from itertools import product
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VERSION = "0.4.0"
EDITED_NAME, EDITED_VALUE = "in_site_slots_north_long_beach", 120
# The entry that makes those that wait in a draft sound, by the draft's number of steps.
SOUND: dict[int, tuple[str, str, str, Any]] = {
    2: ("county_positions", "LEAD program manager", "last_month", "2019-05"),
    0: ("sites", "Third Area", "slots", 40.0),
}
PILOT, TEMPLATE = "scenarios/pilot_2017.yaml", "templates/scenario.yaml"


def figures(scenario: Any) -> dict[str, Any]:
    """Return the summary record and every row by fiscal year: its items, and for each the years and the total."""
    from budget_model.rows import Axis, Input

    from budget_model import project
    from budget_model.budget import BUDGET

    projection = project(scenario)
    rows = {}
    for row in BUDGET.rows.values():
        read = Axis.YEAR in row.over or (Axis.MONTH in row.over and getattr(row, "in_a_year", None) is not None)
        if read and not isinstance(row, Input):
            items = [" | ".join(member.name for member in members) for members in product(*projection.members(row))]
            by_year = projection.by_year(row.name).reshape(len(items), len(projection.years))
            rows[row.name] = {"items": items, "values": by_year.round(7).tolist()}
    return {"record": projection.record(), "years": list(projection.years), "rows": rows}


def copy_scenarios(root: Path) -> None:
    """Copy the shipped scenario files with their evidence, and the one to copy, beside those written for this folder."""
    shutil.copytree(root / "scenarios", HERE / "scenarios", dirs_exist_ok=True)
    (HERE / "templates").mkdir(exist_ok=True)
    shutil.copy(root / TEMPLATE, HERE / TEMPLATE)


def write_workbooks() -> None:
    """Export four workbooks, and edit one of them."""
    import openpyxl

    from budget_model import export_workbook, load_scenario, project

    folder = HERE / "workbooks"
    folder.mkdir(exist_ok=True)
    pilot = project(load_scenario(HERE / PILOT))
    export_workbook(pilot, folder / "pilot_2017.xlsx")
    export_workbook(pilot, folder / "pilot_2017_state_grant.xlsx", "state_grant")
    export_workbook(project(load_scenario(HERE / TEMPLATE)), folder / "scenario.xlsx")
    book = openpyxl.load_workbook(folder / "pilot_2017.xlsx")
    sheet, cell = book.defined_names[EDITED_NAME].attr_text.split("!")
    book[sheet.strip("'")][cell.replace("$", "")].value = EDITED_VALUE
    book.save(folder / "pilot_2017_edited.xlsx")


def write_database() -> dict[str, Any]:
    """Write a database of two saved scenarios and three drafts; return what is in it, without figures."""
    from budget_model.changes import checked

    from budget_model import Change, changed, load_scenario
    from budget_model.editing import moved, rename, renamed, with_copy, with_new, without
    from budget_model.store import drafts, versions
    from budget_model.store.database import Database

    file = HERE / "scenarios.sqlite"
    file.unlink(missing_ok=True)
    database = Database(f"sqlite:///{file}")

    pilot, mine = load_scenario(HERE / PILOT), load_scenario(HERE / TEMPLATE)
    first = rename(pilot, "LEAD pilot, second look")
    more_slots = changed(first, [Change("sites", "North Long Beach", "slots", 200), Change("general", "", "referral_level", 1.25)])
    longer = checked(more_slots.model_copy(update={"months": 38, "description": "Two lines,\nas typed: “quoted”, Größe, 50 %."}))
    sourced = {
        "value": 16.0,
        "low": 12.0,
        "high": 20.0,
        "source": "Provider's letter, 2018",
        "confidence": "medium",
        "date": "2018-11",
        "note": "asked",
    }
    evidenced = changed(
        without(with_new(longer, "services_and_supplies", "Vans"), "services_and_supplies", "Office equipment"),
        [
            Change("provider_contracts", "Provider, North Long Beach", "caseload", sourced),
            Change("services_and_supplies", "Vans", "one_time_amount", 48_000.0),
            Change("funding_sources", "BSCC LEAD grant", "match.rate", 0.2),
        ],
    )
    slug = versions.save_new(database, first, "Ana", "to begin", "pilot_2017").slug
    for number, (scenario, author, reason) in enumerate(
        [
            (more_slots, "Ben", "more slots, more referrals"),
            (longer, "Ana", "a year more"),
            (evidenced, "Çelik, R.", "caseload as the provider wrote; 20 % match"),
        ],
        1,
    ):
        versions.save_next(database, slug, number, scenario, author, reason)
    site = changed(mine, renamed(mine, "sites", "First Area", "Antelope Valley"))
    larger = with_copy(site, "sites", "Second Area", "Third Area")
    other = versions.save_new(database, mine, "Ben", "the scenario to copy, as it is", "scenario").slug
    versions.save_next(database, other, 1, site, "Ben", "first area named")
    versions.save_next(database, other, 2, larger, "Ana", "a third area")

    # Four steps on the newest version, the last of them undone, and what was typed to save it.
    fewer = changed(evidenced, [Change("sites", "North Long Beach", "slots", 90)])
    later = changed(fewer, [Change("sites", "South LA and Compton", "go_live", "2018-02")])
    watts = with_new(later, "sites", "Watts")
    steps = [
        ("North Long Beach: 90 slots", fewer),
        ("South LA and Compton opens later", later),
        ("Watts added", watts),
        ("Departmental overhead removed", without(watts, "services_and_supplies", "Departmental overhead")),
    ]
    long = drafts.begin(database, slug, 4, evidenced)
    for words, scenario in steps:
        long = drafts.with_step(database, long, scenario, words)
    drafts.standing_at(database, long, 3)
    for field, text in {"name": "LEAD pilot, second look", "author": "Ana", "reason": "what if Watts"}.items():
        drafts.keep_text(database, long.id, field, text)

    # Work on a shipped file with entries that wait for another: a last month before the first.
    position = pilot.county_positions[0].name
    entries = (["county_positions", position, "last_month", "2018-07"], ["county_positions", position, "hire_month", "2019-01"])
    waits = drafts.begin(database, "pilot_2017", 0, pilot)
    waits = drafts.with_step(
        database, waits, moved(pilot, "funding_sources", pilot.funding_sources[-1].name, -1), "Sources in another order"
    )
    waits = drafts.with_step(
        database, waits, changed(waits.scenario, [Change("general", "", "price_growth_rate", 0.04)]), "Prices grow 4 %"
    )
    drafts.standing_at(database, waits, 2, entries)

    # Entries that wait, and no step.
    none = drafts.begin(database, other, 3, larger)
    drafts.standing_at(
        database,
        none,
        0,
        (["sites", "Third Area", "law_enforcement_agencies", ["Police", "Sheriff"]], ["sites", "Third Area", "slots", -1.0]),
    )

    kept = {"versions": [], "drafts": []}
    for name in (slug, other):
        for version in reversed(versions.versions(database, name)):
            kept["versions"].append(vars(version))
    for draft in (drafts.open_draft(database, one.id) for one in (long, waits, none)):
        kept["drafts"].append(
            {"id": draft.id, "slug": draft.slug, "version": draft.version, "revision": draft.revision, "standing": draft.standing}
            | {"words": draft.words, "waiting": draft.waiting, "texts": drafts.texts(database, draft.id)}
        )
    database.engine.dispose()
    return kept


def all_figures(root: Path, database: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of everything here, and of the published budgets among the tests."""
    from budget_model.workbook.reader import import_workbook

    from budget_model import Change, changed, load_scenario
    from budget_model.store import drafts, versions
    from budget_model.store.database import Database

    found = {f"{path.parent.name}/{path.name}": figures(load_scenario(path)) for path in sorted(HERE.glob("scenarios/*.yaml"))}
    found[TEMPLATE] = figures(load_scenario(HERE / TEMPLATE))
    for path in sorted((root / "tests" / "published").glob("*.yaml")):
        found[f"published/{path.name}"] = figures(load_scenario(path))
    for path in sorted(HERE.glob("workbooks/*.xlsx")):
        found[f"workbooks/{path.name}"] = figures(import_workbook(path.read_bytes(), path.name).scenario)
    opened = Database(f"sqlite:///{HERE}/scenarios.sqlite")
    for one in database["versions"]:
        found[f"versions/{one['slug']}/{one['number']}"] = figures(versions.load(opened, one["slug"], one["number"])[1])
    for one in database["drafts"]:
        draft = drafts.open_draft(opened, one["id"])
        for step, state in enumerate(draft.states):
            found[f"drafts/{one['id']}/{step}"] = figures(state)
        if one["waiting"]:
            taken = changed(draft.scenario, [*(Change(*entry) for entry in draft.waiting), Change(*SOUND[len(draft.words)])])
            found[f"drafts/{one['id']}/taken"] = figures(taken)
    return found


def main() -> None:
    """Write everything anew."""
    import budget_model
    from budget_model.version import VERSION as RUNNING

    if RUNNING != VERSION:
        raise SystemExit(f"This is {RUNNING} of the modeler in {budget_model.__file__}; run it with {VERSION}")
    root = Path(budget_model.__file__).parents[1]
    copy_scenarios(root)
    write_workbooks()
    database = write_database()
    (HERE / "database.json").write_text(json.dumps(database, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = json.dumps(all_figures(root, database), ensure_ascii=False, separators=(",", ":"))
    (HERE / "figures.json.xz").write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
