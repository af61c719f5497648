"""What fields of a scenario are made of: names, texts, months, places; and a named item of a table."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from budget_model.scenario.assumption import Described, share
from budget_model.scenario.declarations import Table
from budget_model.scenario.names import expected_of_item_name
from budget_model.timeline import read_fiscal_year, read_month


def _usable_name(text: str) -> str:
    """Refuse names that a spreadsheet would not take for themselves, and signs that places and the model's own rows are written with."""
    if expected := expected_of_item_name(text):
        raise PydanticCustomError("name", "{expected}", {"expected": expected})
    return text


def _read_month(given: Any) -> Any:
    try:
        return read_month(given)
    except ValueError as error:
        raise PydanticCustomError("month", "{expected}", {"expected": str(error)}) from None


def _read_fiscal_year(given: Any) -> Any:
    """Return a fiscal year as it is named, FY 2019-20, whatever the spaces and capitals."""
    try:
        return read_fiscal_year(given)
    except ValueError as error:
        raise PydanticCustomError("fiscal_year", "{expected}", {"expected": str(error)}) from None


Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_usable_name)]
Text = Annotated[str, Field(max_length=2000)]
# Degrees, within Los Angeles County: they place the site on the map and enter no figure.
Latitude = Annotated[float, Field(ge=32.7, le=34.9)]
Longitude = Annotated[float, Field(ge=-119.0, le=-117.6)]
Month = Annotated[datetime.date, BeforeValidator(_read_month)]
FiscalYear = Annotated[str, BeforeValidator(_read_fiscal_year)]


def share_purchased() -> Any:
    """Declare the share of a line's cost that the unit under `purchased_by` buys; its own unit keeps the rest."""
    return share("Cost that the other unit purchases", "share of cost", default=1.0, only_if_said=True)


class Item(Described):
    """A named row of one of a scenario's tables, which its class declares."""

    table: ClassVar[Table]

    name: Name
