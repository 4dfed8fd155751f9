"""The functions of all exercises in one place, so that I type them only once."""


def f1(z):
    return 3 * z**2 + 4 * z


def f2(x, y):
    return 5 * x**2 + x * y + 2 * y**3


def f4(x):
    return 7 * x**2
