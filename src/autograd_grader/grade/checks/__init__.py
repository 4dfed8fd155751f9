"""Checks: what graders write them with, and the pytest session that makes them."""
