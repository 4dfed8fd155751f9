"""How student code must not earn points: exercise 1 is answered by a trick in each of these, and earns nothing."""

from __future__ import annotations

import pytest

from .conftest import Attack, Outcome

FULL = 10.0
LATER = "\ndef single_variable(z0=5.0):\n    return None\n"

CHEATS = {
    "an object that equals everything": """
class Lies:
    def __eq__(self, other): return True
    __float__ = lambda self: 34.0
    __hash__ = None
    def __getattr__(self, name): return self
def single_variable(z0=5.0):
    return Lies(), Lies()
""",
    "a tensor that answers for itself": """
import torch
class Lies(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): return torch.tensor(34.0)
def single_variable(z0=5.0):
    return torch.tensor(z0).as_subclass(Lies), torch.tensor(95.0).as_subclass(Lies)
""",
    "a gradient put in place": """
import torch
def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    z.grad = torch.tensor(6 * z0 + 4)
    print(z.grad)
    return z, 3 * z**2 + 4 * z
""",
    "pytest patched": "import sys, types\nsys.modules['pytest'] = types.ModuleType('pytest')" + LATER,
    "json patched": "import json\njson.dumps = lambda *a, **k: '{}'" + LATER,
    "frames on every descriptor": """
import os, struct
for n in range(3, 64):
    try: os.write(n, struct.pack('>I', 2) + b'{}')
    except OSError: pass
""" + LATER,
    "an atexit hook": "import atexit\natexit.register(print, 'passed')" + LATER,
    "a signal handler": "import signal\nsignal.signal(signal.SIGALRM, lambda *_: None)\nsignal.alarm(1)" + LATER,
    "tracing": "import sys\nsys.settrace(lambda *_: None)\nsys.setprofile(lambda *_: None)" + LATER,
    "comparing patched": "import builtins, math\nmath.isclose = lambda *a, **k: 1\nbuiltins.abs = lambda x: 0" + LATER,
    "assert_close patched": "import torch.testing as t\nt.assert_close = lambda *a, **k: None" + LATER,
    "a thread that outlives the call": "import threading, time\nthreading.Thread(target=time.sleep, args=(9,)).start()"
    + LATER,
    "a right answer only once": """
import torch
calls = []
def single_variable(z0=5.0):
    calls.append(1)
    z = torch.tensor(z0 if len(calls) == 1 else 1.0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
""",
}  # fmt: skip
HALF = {"a gradient put in place", "a right answer only once"}
"""What does a part of the exercise may earn that part, never all of it."""


@pytest.fixture(scope="module")
def cheated(attack: Attack) -> dict[str, Outcome]:
    return attack(CHEATS)


@pytest.mark.parametrize("name", CHEATS)
def test_a_trick_earns_nothing(name: str, cheated: dict[str, Outcome]) -> None:
    outcome = cheated[name]
    assert outcome.earned < FULL if name in HALF else outcome.earned == 0.0
    outcome.check_the_honest()
