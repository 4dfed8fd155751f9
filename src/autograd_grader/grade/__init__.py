"""Grading: pytest checks and diagnosis rules over observations. Nothing here ever loads student code."""
