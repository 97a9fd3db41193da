"""Scenarios run from the command line: which, one after the other or side by side, and what one sees meanwhile."""
