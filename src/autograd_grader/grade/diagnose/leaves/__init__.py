"""Rules for functions that return their leaves and the result: the form `tensors`."""
