"""Rules for any function, whatever it is to return."""
