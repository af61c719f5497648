"""One line of a table as a form beside its grid: opened by its address, every field of it typed, refused, undone, and its effect."""

from __future__ import annotations

from html import unescape

from dashboard import build, effect, grid_of, markup, opened, press, type_cells, words
from streamlit.testing.v1 import AppTest
from test_dashboard_tables import now, refused, screen

from budget_model.editing import items as editing
from budget_model.pages.shared.sidebar import STEPS
from budget_model.scenario.declarations import Group
from budget_model.scenario.field_groups import fields_of, groups_of
from budget_model.scenario.tables import MODELS

TABLE, LINE = "county_positions", "LEAD program manager"
FIELD = "field.expansion_2018.county_positions.0."


def form(table: str = TABLE, name: str = LINE, **address: str) -> AppTest:
    """Open the form of a line by choosing it."""
    app = build(str(MODELS[table].table.part), **address)
    app.selectbox(key=f"open.{table}").select(name).run()
    assert not app.exception
    return app


def fields(app: AppTest) -> set[str]:
    """Return the keys of what can be typed, chosen or ticked in the form."""
    kinds = (app.text_input, app.text_area, app.selectbox, app.multiselect, app.checkbox)
    return {one.key.rpartition(".")[2] if "match." not in one.key else one.key.partition(".0.")[2] for kind in kinds for one in kind
            if str(one.key).startswith("field.")}  # fmt: skip


def type_field(app: AppTest, field: str, typed: str) -> AppTest:
    return app.text_input(key=FIELD + field).set_value(typed).run()


def test_a_line_opens_by_its_address_and_only_groups_that_say_something_are_open() -> None:
    app = build("Positions", line=[TABLE, "Budget analyst"])
    assert app.selectbox(key=f"open.{TABLE}").value == "Budget analyst" and "Line 11 of 11" in [one.value for one in app.caption]
    opened = fields(app)
    groups = groups_of(MODELS[TABLE])
    assert {"name", "number", "monthly_salary"} <= opened
    shut = [group for group, members in groups.items() if not opened & {*members}]
    item = now(app).county_positions[10]
    assert all(
        not getattr(item, field) or getattr(item, field) == MODELS[TABLE].model_fields[field].default
        for group in shut
        for field in groups[group]
    )
    press(app, "Previous line")
    assert app.query_params["line"] == [TABLE, now(app).county_positions[9].name]
    press(app, "Close the form")
    assert "line" not in app.query_params and not fields(app)
    lost = build("Positions", line=[TABLE, "Nobody"])
    assert "which is not here" in lost.warning[0].value and not fields(lost)


def test_the_form_has_every_field_of_every_table() -> None:
    app = build("Sites")
    for table, model in MODELS.items():
        app.button_group(key="part").set_value(str(model.table.part)).run()
        if not getattr(now(app), table):
            app.text_input(key=f"new.{table}").set_value(f"First of {table}")
            app.button(key=f"add_it.{table}").click().run()
            if table == "adopted_budget":  # which stands only beside the name of what was adopted
                assert "Not changed" in app.warning[0].value
                continue
            assert app.query_params["line"] == [table, f"First of {table}"], "a new line opens as a form"
        for group in groups_of(model):
            app.session_state[f"group.expansion_2018.{table}.0.{group}"] = True
        app.selectbox(key=f"open.{table}").select(getattr(now(app), table)[0].name).run()
        assert not app.exception and fields(app) == {*fields_of(model)}
        before = now(app)
        app.run()
        assert now(app) == before and not refused(app), "what a form shows comes to what is kept"


def test_a_new_line_asks_at_once_for_what_matters_and_the_page_goes_to_its_form() -> None:
    app = build("Funding")
    app.text_input(key="new.funding_sources").set_value("Pomona city grant")
    app.button(key="add_it.funding_sources").click().run()
    assert {"award", "yearly_amount", "pays_only_at"} <= fields(app)
    assert any(str(one.key).endswith(".match.rate") for one in app.text_input)
    assert markup(app).count('class="jumped-to"') == 1 and "at" not in app.query_params


def test_what_is_typed_in_the_form_is_taken_as_in_cells_and_its_effect_stands_under_it() -> None:
    app = form()
    assert "Change a field: what it moves is shown here." in words(app)
    type_field(app, "monthly_salary", "$11k")
    given = now(app).county_positions[0]
    assert given.monthly_salary.value == 11_000 and app.text_input(key=FIELD + "monthly_salary").value == "11,000"
    assert "Saved: $9,500" in words(app) and "Changes of this line" in words(app)
    type_field(app, "employee_benefit_rate", "50%")
    type_field(app, "hire_month", "Dec 2019")
    given = now(app).county_positions[0]
    assert (given.employee_benefit_rate.value, given.hire_month.day.isoformat()) == (0.5, "2019-12-01")
    app.selectbox(key=FIELD + "driver").select("open sites").run()
    app.text_input(key=FIELD + "one_per").set_value("4").run()
    assert (now(app).county_positions[0].driver, now(app).county_positions[0].one_per.value) == ("open sites", 4)
    type_field(app, "last_month", "Jun 2021")
    assert now(app).county_positions[0].last_month.day.isoformat() == "2021-06-01"
    type_field(app, "last_month", "")
    assert now(app).county_positions[0].last_month is None
    press(app, "Reset to saved")
    assert now(app) == screen(app).saved.scenario and app.text_input(key=FIELD + "monthly_salary").value == "9,500"


def test_the_effect_is_of_this_line_alone() -> None:
    app = build("Positions")
    type_cells(app, TABLE, {1: {"number": "3"}})
    app.selectbox(key=f"open.{TABLE}").select(LINE).run()
    assert "Changes of this line" not in words(app) and '<th scope="col" class="n">Last change</th>' in words(app)
    type_field(app, "number", "2")
    moved = words(app).split("What it moves")[1].split("</table>")[0]
    assert moved.split("Budgeted positions")[1].count("+1.0") == 2, "this line, and the last change; the other line is not counted"
    type_field(app, "name", "Head of the program")
    moved = words(app).split("What it moves")[1].split("</table>")[0]
    assert moved.split("Budgeted positions")[1].count("+1.0") == 1, "a line that is renamed is no new one"


def test_what_the_form_refuses_stands_there_with_place_and_remedy_until_it_is_corrected_or_dropped() -> None:
    app = form()
    saved, before = now(app), effect(app)
    for typed in ("-5", "300000", "a few"):
        type_field(app, "number", typed)
        assert (
            f'{LINE}, positions whatever the driver: "{typed}" is not taken. Expected a number of positions from 0 to 200,000.'
            in refused(app)
        )
        assert app.text_input(key=FIELD + "number").value == typed and refused(app).count(typed) == 1
    assert now(app) == saved and effect(app) == before
    again = build("Positions", draft=app.query_params["draft"], line=[TABLE, LINE])
    assert again.text_input(key=FIELD + "number").value == "a few", "it is there after a reload"
    press(again, "Close the form")
    assert '"a few" is not taken' in refused(again), "and beside the table"
    again.selectbox(key=f"open.{TABLE}").select(LINE).run()
    again.button(key="drop.expansion_2018.county_positions.0.number").click().run()
    assert not refused(again) and again.text_input(key=FIELD + "number").value == "1"
    type_field(again, "last_month", "Jan 2018")
    assert "waits for another entry" in refused(again)
    type_field(again, "last_month", "Jan 2021")
    assert not refused(again) and now(again).county_positions[0].last_month.day.isoformat() == "2021-01-01"


def test_the_form_and_the_grid_show_the_same() -> None:
    app = form()
    key = grid_of(app, TABLE)
    type_field(app, "number", "3")
    assert grid_of(app, TABLE) != key and app.session_state["grids"][grid_of(app, TABLE)].cells["number"][0] == "3"
    type_cells(app, TABLE, {0: {"number": "4"}})
    assert app.text_input(key=FIELD + "number").value == "4" and now(app).county_positions[0].number.value == 4


def test_an_entry_that_a_field_holds_and_the_draft_does_not_is_taken() -> None:
    """A run that is stopped in the middle of taking an entry leaves it in the field alone."""
    app = form()
    app.session_state[FIELD + "number"] = "6"
    app.run()
    assert now(app).county_positions[0].number.value == 6 and app.text_input(key=FIELD + "number").value == "6"


def test_a_renamed_line_stays_open_and_so_it_does_when_that_is_undone() -> None:
    app = form()
    app.text_input(key=FIELD + "name").set_value("Head of the program")
    app.text_input(key=FIELD + "number").set_value("2").run()  # typed before the page knew of the name
    given = now(app).county_positions[0]
    assert (given.name, given.number.value) == ("Head of the program", 2) and not refused(app)
    assert app.query_params["line"] == [TABLE, "Head of the program"] and app.text_input(key=FIELD + "name").value == "Head of the program"
    press(press(app, "Undo"), "Undo")
    assert app.query_params["line"] == [TABLE, LINE] and app.text_input(key=FIELD + "name").value == LINE


def test_what_waits_goes_with_its_line_when_a_new_name_is_undone_done_again_jumped_over_or_left_out() -> None:
    app = form()
    type_field(app, "name", "Head of the program")
    type_field(app, "number", "-5")
    type_field(app, "monthly_salary", "$11k")
    type_field(app, "name", "Director")

    def stands_at(name: str) -> bool:
        again = build("Positions", draft=app.query_params["draft"], line=[TABLE, name])
        return all(
            one.text_input(key=FIELD + "number").value == "-5"
            and refused(one).count("is not taken") == 1
            and f"{name}, positions" in refused(one)
            for one in (app, again)
        )

    def jump(to: int) -> None:
        next(field for field in opened(app, STEPS).radio if field.label == "Go to a step").set_value(to).run()

    assert stands_at("Director")
    press(app, "Undo")
    assert stands_at("Head of the program")
    jump(0)
    assert stands_at(LINE)
    jump(3)
    assert stands_at("Director")
    app.button_group(key="part").set_value("Review and save").run()
    renamed = next(number for number, act in enumerate(screen(app).acts, 1) if "renamed" in act.label)
    app.button(key=f"leave_out.{renamed}").click().run()
    assert [tuple(one[:3]) for one in screen(app).draft.pending] == [(TABLE, LINE, "number")]


def test_what_waits_for_an_added_line_is_said_when_the_line_is_undone_and_is_of_the_line_again_with_it() -> None:
    app = build("Positions")
    app.text_input(key=f"new.{TABLE}").set_value("Clerk")
    app.button(key=f"add_it.{TABLE}").click().run()
    line = len(now(app).county_positions) - 1
    type_cells(app, TABLE, {line: {"number": "-5"}})
    type_cells(app, TABLE, {line: {"number": "-5", "name": "Senior clerk"}})
    assert 'Senior clerk, positions whatever the driver: "-5" is not taken. Expected a number' in refused(app)
    press(press(app, "Undo"), "Undo")
    assert 'Clerk, positions whatever the driver: "-5" is not taken. Expected a line of this name' in refused(app)
    press(press(app, "Redo"), "Redo")
    assert 'Senior clerk, positions whatever the driver: "-5" is not taken. Expected a number' in refused(app)
    assert refused(app).count('"-5"') == 1


def test_evidence_stands_beside_a_number_and_is_edited_there() -> None:
    app = form()
    given = now(app).county_positions[0].monthly_salary
    assert f"{given.confidence.capitalize()} confidence, price, $8,000 to $11,000" in unescape(words(app)) and given.note.rstrip(
        "."
    ) in unescape(words(app))
    app.button(key="evidence.expansion_2018.county_positions.0.monthly_salary").click().run()
    place = "expansion_2018.county_positions.0.monthly_salary."
    app.text_input(key=place + "low").set_value("$20k").run()
    assert "low must not be above the value" in refused(app) and now(app).county_positions[0].monthly_salary == given
    app.text_input(key=place + "low").set_value("9,000").run()
    app.text_input(key=place + "owner").set_value("Department of Human Resources").run()
    changed = now(app).county_positions[0].monthly_salary
    assert (changed.low, changed.owner, changed.value, changed.note) == (9_000, "Department of Human Resources", given.value, given.note)
    assert not refused(app)


def test_evidence_that_is_only_looked_at_stays_as_it_was() -> None:
    """The first kind stood in the field of a number of which nobody says what it is, and was taken: a month became a fact."""
    app = form()
    assert now(app).county_positions[0].hire_month.kind == ""
    app.button(key="evidence.expansion_2018.county_positions.0.hire_month").click().run().run()
    kind = app.selectbox(key="expansion_2018.county_positions.0.hire_month.kind")
    assert kind.value is None and "draft" not in app.query_params
    kind.set_value("decision").run()
    assert now(app).county_positions[0].hire_month.kind == "decision"
    app.selectbox(key=kind.key).set_value(None).run()
    assert now(app).county_positions[0].hire_month.kind == "" and "Nothing is changed" not in refused(app)


def test_lines_are_added_copied_and_removed_in_the_form() -> None:
    app = form()
    names = [item.name for item in now(app).county_positions]
    app.text_input(key=f"form.copy_name.{TABLE}").set_value("Second manager")
    app.button(key=f"form.copy_it.{TABLE}").click().run()
    assert app.query_params["line"] == [TABLE, "Second manager"] and now(app).county_positions[-1].monthly_salary.value == 9_500
    app.button(key=f"form.remove.{TABLE}").click().run()
    assert [item.name for item in now(app).county_positions] == names and app.query_params["line"] == [TABLE, names[-1]]
    app.text_input(key=f"form.new.{TABLE}").set_value(names[0])
    app.button(key=f"form.add_it.{TABLE}").click().run()
    assert "Not changed" in app.warning[0].value and app.query_params["line"] == [TABLE, names[-1]]


def test_columns_are_shown_by_group_and_by_name_and_changed_cells_are_marked() -> None:
    app = build("Positions")
    first = app.session_state["grids"][grid_of(app, TABLE)].cells
    assert first.columns[0] == "name" and len(first.columns) == 8 and "step_rate" not in first
    app.button_group(key=f"groups.{TABLE}").set_value([Group.BENEFITS]).run()
    app.multiselect(key=f"columns.{TABLE}").select("step_rate").run()
    shown = list(app.session_state["grids"][grid_of(app, TABLE)].cells)
    asked = shown[1:-7]
    assert [shown[0], *shown[-7:]] == list(first), "what is asked for stands beside the name, in sight"
    assert {"step_rate", "benefit_plan", "monthly_benefit_amount"} <= {*asked} and "class_title" not in shown
    type_cells(app, TABLE, {2: {"step_rate": "3"}})
    name = now(app).county_positions[2].name
    assert f"{name}: Step increase" in unescape(words(app)) and "1 changed cell of this table" in words(app)
    app.button_group(key="part").set_value("Funding").run()
    app.button_group(key="part").set_value("Positions").run()
    cells = app.session_state["grids"][grid_of(app, TABLE)].cells
    at = list(cells).index("step_rate")
    saved = list(cells.iloc[:, at + 1])
    assert saved[2] == "2%" and sum(isinstance(one, str) for one in saved) == 1, "what is saved stands beside the changed cell"
    app.toggle(key=f"every.{TABLE}").set_value(True).run()
    assert {*fields_of(MODELS[TABLE])} <= {*app.session_state["grids"][grid_of(app, TABLE)].cells}


def test_what_the_match_asks_for_is_said_in_dollars_and_pledged_as_a_step_of_its_own() -> None:
    app = build("Funding")
    app.text_input(key="new.funding_sources").set_value("City grant")
    app.button(key="add_it.funding_sources").click().run()
    line = len(now(app).funding_sources) - 1
    type_cells(app, "funding_sources", {line: {"award": "2,000,000", "match.rate": "25", "pays_only_at": ["Antelope Valley"]}})
    assert "City grant: 25% of $2,000,000 (the award, spent or not) = $500,000 to pledge; pledged $0." in words(app)
    assert "City grant pays only at Antelope Valley: of $" in words(app)
    before = now(app)
    app.button(key="pledge.City grant").click().run()
    source = now(app).funding_sources[line]
    assert source.match is not None and source.match.pledged.value == 500_000 and "pledged $500,000." in words(app)
    assert not [button for button in app.button if button.key == "pledge.City grant"] and "City grant, match pledged: $500,000" in words(
        app
    )
    assert now(press(app, "Undo")) == before


def test_a_removed_line_that_other_changes_rest_on_leaves_no_effect_to_tell() -> None:
    app = form("sites", "Antelope Valley")
    assert editing.dependents(now(app), "sites", "Antelope Valley")
    app.text_input(key="form.copy_name.sites").set_value("Pomona")
    app.button(key="form.copy_it.sites").click().run()
    assert not app.exception and "Changes of this line" in words(app) and app.query_params["line"] == ["sites", "Pomona"]
