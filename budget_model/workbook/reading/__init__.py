"""Reads an edited workbook back."""
