"""One step downhill.

The gradient points to where a function grows. To make it smaller, go the other way: the rate says how far.
"""


def step(w: float = 2.0, gradient: float = 3.0, rate: float = 0.1):
    """Return where one step of gradient descent leads from `w`. For the defaults that is 1.7."""
    raise NotImplementedError("write the step here")


if __name__ == "__main__":
    print(step())
