"""Rules for functions that return gradients as numbers: the forms `passes` and `by-hand`."""
