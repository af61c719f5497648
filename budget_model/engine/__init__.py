"""How rows are declared, put in order, calculated and printed. Knows no scenario."""
