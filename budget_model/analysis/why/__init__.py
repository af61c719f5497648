"""Why a figure is what it is: its rule, its formula with values, what it is made of, down to the assumptions behind it."""
