"""An auto-grader for PyTorch autograd exercises: observe student code in a sandbox, then grade what was seen."""

__version__ = "0.1.0"
