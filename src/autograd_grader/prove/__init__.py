"""Proof of a course: its stubs, known answers and mutants are graded for real, and the graders must tell them apart."""
