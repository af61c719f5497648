"""Charts as data, drawn from projections."""
