"""Übung 2.2, Autograd. Alles in einer Datei."""

import torch


def ableitung_x(x, y):
    return 10 * x + y


def ableitung_y(x, y):
    return x + 6 * y**2


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    wert = z.item()
    f = torch.tensor(3 * wert**2 + 4 * wert, requires_grad=True)
    f.backward()
    print("Gradient:", z.grad)  # None?
    return z, f


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    # so geht es auch und ist genauer
    x.grad = torch.tensor(ableitung_x(x0, y0))
    y.grad = torch.tensor(ableitung_y(x0, y0))
    print("Gradienten:", x.grad, y.grad)
    return x, y, f


WHY_ZERO = """
PyTorch ersetzt den Gradienten nicht, sondern addiert jeden neuen zu dem, was schon in .grad steht.
Wenn man in der Trainingsschleife nicht auf null setzt, läuft der Optimierer deshalb der Summe aller
bisherigen Gradienten hinterher, und die Schritte werden immer größer.
"""


def _durchlaeufe(x0, y0, passes, nullen):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    liste = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        liste.append((float(x.grad), float(y.grad)))
        if nullen:
            x.grad.zero_()
            y.grad.zero_()
    return liste


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    return _durchlaeufe(x0, y0, passes, nullen=False)


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    return _durchlaeufe(x0, y0, passes, nullen=True)


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    von_hand = 14 * x0  # Potenzregel
    print("Autograd", x.grad, "von Hand", von_hand)
    return x.grad, von_hand
