"""Observation: student code runs in a process of its own, and what it did comes back as data."""
