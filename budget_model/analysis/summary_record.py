"""The summary of a projection as plain data, for other programs: the format of `project --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from budget_model.analysis import budget_units
from budget_model.analysis.detail_record import detail_record
from budget_model.analysis.findings import findings
from budget_model.analysis.headline_warnings import headline_warnings
from budget_model.analysis.motion import crosswalk
from budget_model.analysis.who_pays import cap_uses
from budget_model.projection import Projection


def record(projection: Projection) -> dict[str, Any]:
    """Return the summary record of a projection with its caps, findings, warnings, budget units, detail and crosswalk of the motion."""
    caps = [
        {"cap": use.cap.name, "rule": use.rule, "limit": use.limit, "used": use.used, "refused": use.refused, "paid_by": dict(use.paid_by)}
        for use in cap_uses(projection)
    ]
    found = [{name: value for name, value in asdict(finding).items() if name != "table"} for finding in findings(projection)]
    warnings = [asdict(warning) for warning in headline_warnings(projection)]
    more = {"caps": caps, "findings": found, "warnings": warnings, "budget_units": budget_units.record(projection)}
    summary, detail = projection.record(), detail_record(projection)
    return summary | more | detail | {"motion": [answer.record() for answer in crosswalk(projection)]}
