"""Refuses hostile files before any library opens them."""
