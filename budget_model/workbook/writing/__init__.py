"""Writes workbooks, recomputes them and hands them out."""
