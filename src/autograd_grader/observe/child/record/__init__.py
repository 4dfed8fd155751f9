"""Records what a call did, as plain data."""
