"""Who pays what a form lists, and who gives beside it."""

from __future__ import annotations

from enum import StrEnum


class Payer(StrEnum):
    """What pays a line of a form."""

    GRANT = "Grant"
    CASH_MATCH = "Cash match"
    CASH_OF_STATE = "Cash match of the State"
    CASH_OF_PARTNERS = "Cash match of partners"
    IN_KIND_OF_APPLICANT = "In kind of the applicant"
    IN_KIND_OF_OTHERS = "In kind of others"
    PROGRAM_INCOME = "Program income"


CASH_OF_OTHERS = (Payer.CASH_OF_STATE, Payer.CASH_OF_PARTNERS)  # that counts to the match beside the applicant's own
