"""What fields of a scenario are made of: names, texts, months, places; and a named item of a table."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from budget_model.scenario.assumption import Described
from budget_model.scenario.declarations import Table


def _usable_name(text: str) -> str:
    """Refuse names that Excel's SUMIFS would read as a pattern, a comparison or a number."""
    if not text[:1].isalpha() or any(sign in text for sign in '*?~"[]:\\') or text.lower() in {"true", "false"}:
        raise PydanticCustomError("name", 'expected a name that begins with a letter and has none of * ? ~ " [ ] : \\')
    return text


def _read_month(given: Any) -> Any:
    """Accept YYYY-MM where YAML gives text; the day is always the first."""
    try:
        if isinstance(given, str):
            given = datetime.date.fromisoformat(f"{given}-01" if len(given) == 7 else given)
        return datetime.date(given.year, given.month, 1)
    except (AttributeError, ValueError):
        raise PydanticCustomError("month", "expected a month written YYYY-MM, such as 2019-07") from None


Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_usable_name)]
Text = Annotated[str, Field(max_length=2000)]
# Degrees, within Los Angeles County: they place the site on the map and enter no figure.
Latitude = Annotated[float, Field(ge=32.7, le=34.9)]
Longitude = Annotated[float, Field(ge=-119.0, le=-117.6)]
Month = Annotated[datetime.date, BeforeValidator(_read_month)]


class Item(Described):
    """A named row of one of a scenario's tables, which its class declares."""

    table: ClassVar[Table]

    name: Name
