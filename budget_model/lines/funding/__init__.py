"""Who pays, in one order: what a line's columns name, then source after source by its plan or at its pace; the rest is the gap.

money           what money each source brings, and when
service_months  the months of a source's period in which it pays no services to participants
columns         cost of single lines that a source, or its match, pays before anything else
payable         what earlier sources leave of a category at each place, and what of it a source may pay
plan            lines of the funding plan: a share or an amount of a year's cost
pace            as cost arises, evenly, or a constant share of a period's cost
caps            what a cap refuses of a category or class
drawdown        what is drawn month by month, and what is left of the money
match           cash match that is owed and paid
in_kind         value given in kind, and the match it meets
terms           what a source asks for beside: least shares for providers and evaluation, the County's own spending kept up, claims
county_money    the County's own money: authorized, needed, not asked for
report          what readers ask of a source's pace and of a cap
"""
