"""What must hold of every projection, whatever the scenario."""

from __future__ import annotations

import math
import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import scale
from conftest import Pool
from savings import savings_by_site

from budget_model import Change, Scenario, changed, project
from budget_model.budget import BUDGET
from budget_model.editing.levers import levers
from budget_model.engine import plain
from budget_model.engine.numbers import evaluate
from budget_model.engine.vocabulary import SMALLEST_AMOUNT
from budget_model.inputs import input_rows, keys_of_items, read_inputs
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import SERVICES_TO_PARTICIPANTS, CapBasis, CostCategory, IncomeUse, MatchBasis, Pace
from budget_model.scenario.tables import number, placed_assumptions
from budget_model.timeline import add_months, month_label

CENT = 0.005


def test_every_split_adds_up_to_the_gross_appropriation(pool: Pool) -> None:
    for scenario, projection in pool:
        record = projection.record()
        for entry in [record["total"], *record["fiscal_years"].values()]:
            for split in ("by_class", "by_category", "by_site"):
                assert sum(entry[split].values()) == pytest.approx(entry["gross_appropriation"], abs=CENT, rel=0)
            assert set(entry["by_site"]) == {*(site.name for site in scenario.sites), "Program-wide"}
        saved = dict(zip(("total", *record["fiscal_years"]), np.roll(projection.by_year("saved_beyond_cost"), 1), strict=True))
        for year, entry in {"total": record["total"], **record["fiscal_years"]}.items():
            paid = sum(entry["by_source"].values()) + entry["funding_gap"]
            assert paid == pytest.approx(entry["gross_appropriation"] + saved[year], abs=CENT, rel=0)
            county = entry["gross_appropriation"] - entry["intrafund_transfers"] - entry["revenue"]
            assert entry["net_county_cost"] == pytest.approx(county, abs=CENT, rel=0)
        for measure in ("gross_appropriation", "revenue", "enrolled", "funding_gap"):
            assert sum(year[measure] for year in record["fiscal_years"].values()) == pytest.approx(
                record["total"][measure], abs=CENT, rel=0
            )


def test_no_source_pays_outside_its_period_its_categories_its_places_or_beyond_its_money(pool: Pool) -> None:
    for scenario, projection in pool:
        months = [month_label(month) for month in projection.timeline.months]
        paid, drawn, matched = (projection.monthly(row) for row in ("paid_by_category", "drawdown", "match_paid"))
        assigned = projection.monthly("cost_assigned_to_source") + projection.monthly("match_lines_by_category")
        awarded, lost = projection.monthly("money_awarded"), projection.monthly("lapse")
        gone = projection.monthly("income_deducted") + projection.monthly("indirect_claimed")
        services = [category in SERVICES_TO_PARTICIPANTS for category in CostCategory]
        for index, source in enumerate(scenario.funding_sources):
            first = month_label(source.first_month.value)
            extended = math.ceil(source.extension_months.number)
            last = month_label(add_months(source.last_month.day, extended)) if source.last_month else months[-1]
            outside = np.array([not first <= month <= last for month in months])
            assert not paid[index][:, outside].any()
            assert not drawn[index][outside].any()
            served_from = month_label(add_months(source.first_month.day, math.ceil(source.start_up_months.number)))
            served_to = add_months(source.last_month.day if source.last_month else scenario.timeline.last, extended)
            served_to = month_label(add_months(served_to, -math.ceil(source.close_out_months.number)))
            without = np.array([not served_from <= month <= served_to for month in months])
            assert not paid[index][services][:, without].any(), "nor services in its start-up and close-out months"
            for column, category in enumerate(CostCategory):
                assert category in source.pays or (paid[index][column] <= assigned[index][column] + CENT).all()
            assert paid[index].sum() == pytest.approx(drawn[index].sum() + matched[index].sum(), abs=CENT, rel=0)
            if source.pays_what_arises:
                continue  # it has no amount that could be too little
            assert ((drawn + gone)[index].cumsum() <= awarded[index].cumsum() + CENT).all()
            left = awarded[index].sum() - drawn[index].sum() - gone[index].sum() - lost[index].sum()
            assert left == pytest.approx(projection.monthly("award_left")[index][-1], abs=CENT, rel=0)
        received, outstanding = projection.by_year("cash_received"), projection.by_year("claims_outstanding")
        assert received[:, -1] + outstanding[:, -1] == pytest.approx(projection.by_year("money_claimed")[:, -1], abs=CENT, rel=0)


def test_each_source_pays_at_its_places_alone_and_what_it_pays_there_is_all_that_it_pays(pool: Pool) -> None:
    for scenario, projection in pool:
        rows = ("unpaid_before", "unpaid_after", "cost_assigned_to_source_at_place", "paid_of_eligible")
        before, after, columns, paid = (projection.monthly(row) for row in rows)
        pools = [member.name for member in projection.evaluation.members[Axis.POOL]]
        for index, source in enumerate(scenario.funding_sources):
            at_place = before[index] + columns[index] - after[index]  # (place, category, month)
            assert (at_place >= -CENT).all(), source.name
            assert at_place.sum(axis=0) == pytest.approx(paid[index], abs=CENT, rel=0)
            for place, name in enumerate(pools):
                elsewhere = bool(source.pays_only_at) and name not in source.pays_only_at
                for column, category in enumerate(CostCategory):
                    if elsewhere or category not in source.pays:
                        assert (at_place[place, column] <= columns[index, place, column] + CENT).all(), (source.name, name, category)


def test_program_income_does_to_its_award_what_it_is_for(pool: Pool) -> None:
    for scenario, projection in pool:
        rows = ("money_awarded", "income_deducted", "match_met_before_cash", "drawdown", "contributions_in_kind", "grant_share_of_cost")
        money, taken, met, drawn, in_kind, own_share = (projection.monthly(row) for row in rows)
        for index, award in enumerate(scenario.funding_sources):
            of_it = {use: np.zeros(scenario.months) for use in IncomeUse}
            for given, source in zip(money, scenario.funding_sources, strict=True):
                if source.income_of == award.name:
                    of_it[source.income_use] += given
            gives_up = of_it[IncomeUse.DEDUCTED] * own_share[index]
            assert (taken[index] <= gives_up + CENT).all()
            assert not drawn[index][taken[index] < gives_up - CENT].any(), "it has money that it should give up"
            counts_first = award.match is not None and award.match.in_kind_counts_first
            may_count = of_it[IncomeUse.COUNTED_AS_MATCH] + in_kind[index] * counts_first
            assert (met[index].cumsum() <= may_count.cumsum() + CENT).all()


def test_no_cap_counts_more_than_its_share(pool: Pool) -> None:
    for scenario, projection in pool:
        counted, awarded, drawn = (projection.monthly(row) for row in ("counted_to_date", "money_awarded_to_date", "drawn_to_date"))
        with_match, own_lines = 1 + projection.monthly("cash_match_per_grant_dollar"), projection.monthly("match_has_own_lines")
        names = [source.name for source in scenario.funding_sources]
        for position, cap in enumerate(scenario.caps):
            index = names.index(cap.source)
            if cap.of is CapBasis.AWARD_AND_MATCH and own_lines[index]:
                continue  # its columns of match are paid whatever they are of
            bases = {CapBasis.AWARD: awarded[index], CapBasis.AWARD_AND_MATCH: awarded[index] * with_match[index]}
            largest = cap.share.value * bases.get(cap.of, drawn[index])
            assert (counted[index, position] <= largest + CENT).all(), cap.name


def test_a_constant_share_is_constant_in_its_period_unless_it_is_said_that_money_was_short(pool: Pool) -> None:
    for scenario, projection in pool:
        rows = ("drawdown", "all_cost_to_pace", "all_cost_named_to_source", "funding_period", "share_cut_short", "refused_by_cap")
        drawn, paced, named, period, short, refused = (projection.monthly(row) for row in rows)
        rows = ("source_paces_by_share", "grant_share_of_cost", "match_met_before_cash", "lapse")
        by_share, of_cost, met, lapse = (projection.monthly(row) for row in rows)
        for index, source in enumerate(scenario.funding_sources):
            if not by_share[index]:
                continue
            for one in set(period[index]) - {0.0}:
                bound = short[index] + refused[index].sum(axis=0) > 1e-6  # the remarks share_cut_short and cost_above_cap say so
                months = (period[index] == one) & (paced[index] > 1) & (lapse[index] == 0)
                if not bound[period[index] == one].any() and months.any():  # what columns and the plan give is taken off first
                    cost = drawn[index] / of_cost[index] - met[index] * (of_cost[index] < 1)
                    share = (cost[months] - named[index][months]) / paced[index][months]
                    assert np.ptp(share) < 1e-6, source.name


def alone(scenario: Scenario, pace: Pace) -> Scenario | None:
    """The scenario with its first source of awarded money alone, without terms that bind beside its money."""
    first = next((source for source in scenario.funding_sources if source.is_paced), None)
    if first is None:
        return None
    plain = {"pace": pace, "match": None, "carries_over": False, "claimable_indirect_rate": type(first.award)(value=0.0)}
    tables = dict.fromkeys(("caps", "funding_plan", "funding_assignments", "in_kind_contributions"), ())
    return scenario.model_copy(update={"funding_sources": (first.model_copy(update=plain),), **tables})


def test_a_source_alone_leaves_the_same_gap_at_a_constant_share_as_when_it_pays_as_cost_arises(pool: Pool) -> None:
    told = 0
    for scenario, _ in pool:
        at_once, evenly = (alone(scenario, pace) for pace in (Pace.AS_COST_ARISES, Pace.CONSTANT_SHARE))
        if at_once is None or evenly is None:
            continue
        told += 1
        arises, share = (project(each).by_year("funding_gap") for each in (at_once, evenly))
        source = at_once.funding_sources[0]  # by fiscal year, unless its money comes by grant years of another month
        yearly = source.yearly_amount.value > 0 and source.grant_year_month.value in (0, 7)
        within = CENT + scenario.months * SMALLEST_AMOUNT  # a share of a month's cost below it counts as nothing
        assert (share if yearly else share[-1]) == pytest.approx(arises if yearly else arises[-1], abs=within, rel=1e-9)
    assert told > scale.NOW.drawn / 4


def test_columns_assign_no_more_than_their_amount_and_their_line(pool: Pool) -> None:
    for scenario, projection in pool:
        assigned, cost = projection.by_year("assigned_cost")[:, -1], projection.by_year("cost_to_assign")[:, -1]
        assert (assigned <= cost + CENT).all()
        for index, column in enumerate(scenario.funding_assignments):
            amount = column.assigned_amount.value
            assert not amount or assigned[index] == pytest.approx(min(amount, cost[index]), abs=CENT, rel=0)


def test_match_is_given_as_the_rule_asks_or_a_shortfall_is_reported(pool: Pool) -> None:
    for scenario, projection in pool:
        rows = ("drawdown", "indirect_claimed", "lapse", "match_paid", "match_met_before_cash", "match_shortfall")
        drawn, claimed, lost, paid, met, short = (projection.by_year(row)[:, -1] for row in rows)
        given_in_kind, short_in_kind = (projection.by_year(row)[:, -1] for row in ("in_kind_match_given", "in_kind_match_shortfall"))
        over, own_lines = projection.by_year("over_match")[:, -1], projection.monthly("match_has_own_lines")
        for index, source in enumerate(scenario.funding_sources):
            if source.match is None:
                assert paid[index] == given_in_kind[index] == 0
                continue
            rate, basis = source.match.rate.value, source.match.basis
            base = drawn[index] + claimed[index] + (lost[index] if basis is MatchBasis.AWARD else 0)
            rounding = projection.monthly("added_by_rounding_match")[index].sum()
            asked = base * (rate / (1 - rate) if basis is MatchBasis.TOTAL_PROJECT_COST else rate) + rounding
            found = paid[index] + met[index] + short[index] + given_in_kind[index] + short_in_kind[index]
            assert found - over[index] * own_lines[index] == pytest.approx(asked, abs=CENT * scenario.months)
            assert own_lines[index] or paid[index] <= source.match.pledged.value + CENT
        passed = {check.name: check.passed for check in projection.checks}
        assert passed["match_is_met"] == (short.max(initial=0.0) <= CENT)  # a pledge may miss by less than half a cent
        assert passed["in_kind_match_is_met"] == (
            projection.by_year("in_kind_match_shortfall")[:, :-1].sum(axis=1).max(initial=0.0) <= CENT
        )


def test_people_in_are_people_out_and_people_present_in_every_stock_every_month(pool: Pool) -> None:
    for scenario, projection in pool:
        stocks = (  # present, before, what comes in, what goes out, share that gives up
            ("active_participants", "opening_active_participants", ["enrollments"], ["exits"]),
            ("people_waiting_for_a_slot", "opening_people_waiting_for_a_slot", ["people_ready_to_enroll"], ["enrollments"], "site_waiting_exit_rate"),
            ("eligible_people", "opening_eligible_people", ["site_newly_eligible_people"], ["people_ready_to_enroll"]),
            ("people_served", "opening_people_served", ["placements"], ["people_leaving", "people_put_out"]),
            ("people_waiting", "opening_people_waiting", ["people_in_need", "people_put_out"], ["placements"], "care_waiting_exit_rate"),
        )  # fmt: skip
        for present, before, comes, goes, *gives_up in stocks:
            flows = [projection.monthly(name) for name in (*comes, *goes)]
            flows = [flow if flow.ndim == 2 else flow[:, np.newaxis] for flow in flows]
            change = sum(flows[: len(comes)]) - sum(flows[len(comes) :])
            now, opening = projection.monthly(present), projection.monthly(before)
            for rate in gives_up:
                change = change - opening * projection.monthly(rate)[:, np.newaxis]
            assert now == pytest.approx(opening + change, abs=1e-6), present
            assert (now[:, :-1] == opening[:, 1:]).all(), present
            assert (now >= -1e-9).all(), present
        slots, active = projection.monthly("slots"), projection.monthly("active_participants")
        begin = np.array([[site.starting_participants.value] for site in scenario.sites])
        assert (active <= np.maximum(slots, begin) + 1e-6).all()


def test_a_bed_is_never_counted_twice(pool: Pool) -> None:
    """Every day, whatever the stay: people in place fit the usable places, and days of care the days of the places."""
    for _, projection in pool:
        usable, days = projection.monthly("usable_places"), projection.monthly("days_in_month")
        stay = projection.monthly("care_stay_days")[:, np.newaxis]
        assert (projection.monthly("people_in_place") <= usable + 1e-6).all()
        assert (projection.monthly("people_served") * np.minimum(stay, days) <= usable * days + 1e-6).all()


def test_raising_capacity_never_lengthens_a_wait_and_required_places_meet_the_target(pool: Pool) -> None:
    luck = random.Random(scale.NOW.seed)
    for scenario, projection in pool:
        # People who move on free places when homes open, and fewer later: of each line alone it holds.
        care, more = scenario.treatment_and_housing, luck.randint(1, 12)
        nobody_moves = [Change("treatment_and_housing", item.name, "moves_on_share", 0) for item in care if item.moves_on_share.value]
        plan = changed(scenario, nobody_moves) if nobody_moves else scenario
        before = project(plan) if nobody_moves else projection
        bigger = changed(plan, [Change("treatment_and_housing", item.name, "places", item.places.value + more) for item in care])
        after = project(bigger)
        assert (after.monthly("expected_wait") <= before.monthly("expected_wait") + 1e-6).all()
        # When places close, more people are put out of more places, and more must be added for them.
        offered = before.monthly("care_is_offered") == 1
        assert (after.monthly("places_to_add") <= before.monthly("places_to_add") + 1e-6)[offered].all()
        required = before.monthly("required_places") * before.monthly("care_occupancy_share")[:, np.newaxis]
        stay = before.monthly("care_stay_days")[:, np.newaxis]
        nothing = SMALLEST_AMOUNT * stay  # of less than that many people none needs a place more
        wait = before.monthly("required_people_waiting") * stay
        assert (wait <= before.monthly("care_target_wait_days")[:, np.newaxis] * required + nothing).all()


def test_nobody_needs_a_place_where_no_share_of_people_does(pool: Pool) -> None:
    for scenario, projection in pool:
        for care, need in zip(scenario.treatment_and_housing, projection.monthly("people_in_need"), strict=True):
            if not care.need_share.value and not care.need_again_share.value:
                assert not need.any(), care.name


def test_what_is_calculated_with_is_what_the_sheets_of_assumptions_list(pool: Pool) -> None:
    for scenario, _ in pool:
        listed: dict[str, list[float]] = {}
        for cell in placed_assumptions(scenario):
            listed.setdefault(cell.input, []).append(number(cell.assumption.value))
        values = read_inputs(scenario).values
        assert values.keys() == {row.name for row in input_rows()}
        for name, numbers in listed.items():
            assert values[name].ravel().tolist() == numbers, name


def test_items_have_the_keys_that_the_model_is_told(pool: Pool) -> None:
    for _, projection in pool:
        for axis, keys in keys_of_items().items():
            assert all(keys == item.keys.keys() for item in projection.evaluation.members[axis]), axis


def test_plain_numbers_step_by_step_give_what_arrays_give(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    scenarios = [scenario for scenario, _ in pool][:: 1 if scale.NOW.proof else 4]  # arrays take ten times as long
    quick = [dict(evaluate(BUDGET, read_inputs(scenario)).values) for scenario in scenarios]
    monkeypatch.setattr(plain, "fits", lambda *_: False)
    for scenario, found in zip(scenarios, quick, strict=True):
        for name, values in evaluate(BUDGET, read_inputs(scenario)).values.items():
            assert found[name] == pytest.approx(values, abs=1e-6, rel=1e-9), name


def test_whatever_was_known_before_and_is_asked_first_the_figures_are_the_same(pool: Pool) -> None:
    luck, rows = random.Random(scale.NOW.seed), list(BUDGET.rows)
    for scenario, _ in pool:
        lever = luck.choice(levers(scenario))
        after = changed(scenario, lever.settings(luck.choice((lever.low, lever.high))))
        before = project(scenario)
        for name in luck.sample(rows, luck.randint(0, 20)):
            before.monthly(name)
        quick, plain = project(after, like=before).evaluation.values, project(after).evaluation.values
        assert list(quick) == rows
        for name in (luck.choice(rows), *rows):
            assert np.array_equal(quick[name], plain[name]), f"{lever.key}: {name}"


def test_many_visitors_ask_one_projection_at_the_same_time(expansion: Scenario) -> None:
    shared, rows = project(expansion), list(BUDGET.rows)
    lever = next(lever for lever in levers(expansion) if lever.key == "referral_level")
    alone = project(changed(expansion, lever.settings(lever.low))).evaluation.values

    def visit(seed: int) -> bool:
        order = random.Random(seed).sample(rows, len(rows))
        moved = project(changed(expansion, lever.settings(lever.low)), like=shared).evaluation.values
        return all(shared.monthly(name) is not None and np.array_equal(moved[name], alone[name]) for name in order)

    with ThreadPoolExecutor(8) as visitors:
        assert all(visitors.map(visit, range(24)))
    assert all(np.array_equal(values, shared.evaluation.values[name]) for name, values in project(expansion).evaluation.values.items())


def test_outcomes_are_never_netted_into_the_budget(pool: Pool) -> None:
    for scenario, projection in pool:
        without = project(scenario.model_copy(update={"outcomes": ()}))
        assert without.record() == projection.record()


def test_more_slots_never_lower_the_cost_of_case_managers(pool: Pool) -> None:
    luck = random.Random(scale.NOW.seed)
    for scenario, projection in pool:
        site, more = scenario.sites[0], luck.randint(1, 60)
        bigger = changed(scenario, [Change("sites", site.name, "slots", site.slots.value + more)])
        assert (project(bigger).monthly("case_managers") >= projection.monthly("case_managers")).all()


def test_what_is_said_of_sites_adds_up_to_what_is_said_of_the_program(pool: Pool) -> None:
    for _, projection in pool:
        cost, ongoing, once, other = (
            projection.by_year(row) for row in ("site_cost", "site_ongoing_cost", "site_one_time_cost", "site_other_cost")
        )
        assert ongoing + once == pytest.approx(cost, abs=CENT, rel=0)
        assert (once > savings_by_site(projection) - CENT).all(), "what is paid once is below zero only where a saving is"
        assert projection.by_year("site_position_cost") + projection.by_year("site_contract_cost") + other == pytest.approx(
            cost, abs=CENT, rel=0
        )
        served = projection.by_year("all_active_participants") > 0  # else nobody is there to share places
        for of_sites, of_kinds in (("places_for_site", "places_by_kind"), ("people_of_site_waiting", "people_waiting_by_kind")):
            found, every = projection.by_year(of_sites).sum(axis=0), projection.by_year(of_kinds)
            assert found[:, served] == pytest.approx(every[:, served], abs=1e-6), of_sites
            assert (found <= every + 1e-6).all(), of_sites
