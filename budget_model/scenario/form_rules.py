"""The rules of what forms bring into a plan: lines by quantity and rate, rates of other lines, control totals."""

from __future__ import annotations

from budget_model.scenario.budget_line_rules import BUDGET_LINE_RULES
from budget_model.scenario.control_total_rules import CONTROL_TOTAL_RULES
from budget_model.scenario.rate_rules import RATE_RULES
from budget_model.scenario.rule import Rule

FORM_RULES: tuple[Rule, ...] = (*BUDGET_LINE_RULES, *RATE_RULES, *CONTROL_TOTAL_RULES)
