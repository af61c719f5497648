"""The hues of all charts, on the pages and in workbooks: those of Okabe and Ito, which color-blind readers can tell apart."""

from __future__ import annotations

BLUE, SKY, GREEN, ORANGE, YELLOW, PURPLE, VERMILION = "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#F0E442", "#CC79A7", "#D55E00"
GRAY = "#8A949C"
MANY = (BLUE, SKY, GREEN, YELLOW, PURPLE, ORANGE, "#88CCEE", "#117733", "#999933", "#AA4499", "#332288", "#DDCC77")
