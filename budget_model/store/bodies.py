"""A scenario as the text the store keeps, and back."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from budget_model.errors import StoreError
from budget_model.scenario.schema import Scenario


def canonical(content: Any) -> str:
    """Return plain data as JSON that is the same for the same content; not-a-number is refused."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def body_of(scenario: Scenario) -> str:
    """Return a scenario as text; what has its default is left out."""
    return canonical(scenario.model_dump(mode="json", exclude_defaults=True))


@lru_cache(maxsize=64)
def scenario_of(body: str, what: str) -> Scenario:
    """Return the scenario of a text; raises StoreError, naming `what` it is, for one of another form."""
    try:
        return Scenario.model_validate(json.loads(body))
    except (ValidationError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise StoreError(f"{what} cannot be read by this version of the modeler ({reason}); nothing of it was changed") from None
