"""Diagnosis: the misconception behind what was observed, in the student's terms."""
