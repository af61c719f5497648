"""The second reading of the lines: a workbook whose results are live formulas."""
