"""The budget itself: one module for each budget area, one function for each row."""
