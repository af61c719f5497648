"""The parts of Build that are no tables of the plan, as they are named on the screen and in addresses."""

LEVERS, ASSUMPTIONS, REVIEW = "Levers", "Assumptions", "Review and save"
