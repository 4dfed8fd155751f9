"""Finds and runs a submission's files."""
