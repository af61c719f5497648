"""The hues of all charts, on the pages and in workbooks: those of Okabe and Ito, which color-blind readers can tell apart."""

from __future__ import annotations

BLUE, SKY, GREEN, ORANGE, YELLOW, PURPLE, VERMILION = "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#F0E442", "#CC79A7", "#D55E00"
GRAY = "#8A949C"
EDGE = "#76828B"  # around every bar and mark: it stands out from the grounds of both themes, which many of the hues do not
LINE_ORANGE = "#BF7500"  # a line has no edge, and so needs a hue that stands out by itself
MANY = (BLUE, SKY, GREEN, YELLOW, PURPLE, ORANGE, "#88CCEE", "#117733", "#999933", "#AA4499", "#332288", "#DDCC77")
