"""What the parts of an uploaded workbook are said to be and to lead to: no kind of part hides behind another name."""

from __future__ import annotations

import html
import re

from budget_model.upload.limits import RELATIONS, SAVE, check_allowed, leads_to_workbooks, refuse
from budget_model.upload.places import source_of
from budget_model.upload.seen import Seen
from budget_model.upload.tags import attributes_of
from budget_model.upload.zip import Part

_TAG = re.compile(r"<([^\s<>/]+)((?:\s[^<>]*)?)>")
_HYPERLINK = "/relationships/hyperlink"


def check_relations(part: Part, block: str, seen: Seen) -> None:
    """Check the types and targets that a list of parts tells.

    An address that was typed into a cell is a relation of its own, to something outside; it is never followed, so it is
    allowed. A type declared for names that no part has, as some programs write it, is none.
    """
    tags = _TAG.findall(block)
    seen.relations += len(tags)
    if seen.relations > RELATIONS:
        refuse(f"the workbook has more than {RELATIONS:,} links", "remove those that were added")
    for name, text in tags:
        tag = name.rpartition(":")[2]
        attributes = {key: html.unescape(value) for key, value in attributes_of(text).items()}
        if tag == "Default" and attributes.get("Extension", "").lower() not in seen.extensions:
            continue
        if attributes.get("TargetMode", "Internal") != "Internal":
            if attributes.get("Type", "").endswith(_HYPERLINK):
                continue
            if not leads_to_workbooks(part.name.lower()):
                refuse(f"{part.called} shows something from outside the workbook", f"{SAVE} without it")
        elif tag == "Relationship":
            seen.titles.add_target(source_of(part.name), attributes.get("Id", ""), attributes.get("Target", ""))
        for value in attributes.values():
            seen.links_to_workbooks |= leads_to_workbooks(value.lower())
            check_allowed(value.lower())
