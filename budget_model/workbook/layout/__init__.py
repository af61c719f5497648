"""Where everything stands in a workbook."""
