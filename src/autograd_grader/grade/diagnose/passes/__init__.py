"""Rules for functions that record a row of gradients a pass: the form `passes`."""
