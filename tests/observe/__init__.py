"""Tests of the seam between what is trusted and what is not."""
