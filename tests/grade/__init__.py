"""Tests of checks, evidence and diagnosis."""
