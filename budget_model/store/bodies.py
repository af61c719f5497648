"""A scenario as the text the store keeps, and back."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from budget_model.errors import UnreadableError
from budget_model.scenario.forms import form_of, restored
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import whole


def canonical(content: Any) -> str:
    """Return plain data as JSON that is the same for the same content; not-a-number is refused."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def body_of(scenario: Scenario) -> str:
    """Return a scenario as text of today's form, whole: a default that is another one later changes no saved figure."""
    return canonical(whole(scenario))


@lru_cache(maxsize=64)
def scenario_of(body: str, form: int, what: str) -> Scenario:
    """Return the scenario of a text of a form; raises UnreadableError, naming `what` it is, where it cannot be read."""
    try:
        return Scenario.model_validate(restored(json.loads(body), form_of(form)))
    except (ValidationError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableError(f"{what} cannot be read by this version of the modeler ({reason}); nothing of it was changed") from None
