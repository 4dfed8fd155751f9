"""How student code must not earn points: exercise 1 is answered by a trick in each of these.

Most earn nothing, or nothing for what they fake. One that takes apart what observes it can earn what it likes, for
itself alone: it has to show, in a flag for the staff.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .attack import Attack, Outcome

FULL = 10.0
LATER = "\ndef single_variable(z0=5.0):\n    return None\n"

NOTHING = {
    "an object that equals everything": """
class Lies:
    def __eq__(self, other): return True
    __float__ = lambda self: 34.0
    __hash__ = None
    def __getattr__(self, name): return self
def single_variable(z0=5.0):
    return Lies(), Lies()
""",
    "a float that equals everything": """
class Lies(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __abs__ = __sub__
    __hash__ = None
def single_variable(z0=5.0):
    return Lies(z0), Lies(1.0)
""",
    "a tensor that answers for itself": """
import torch
class Lies(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): return torch.tensor(34.0)
def single_variable(z0=5.0):
    return torch.tensor(z0).as_subclass(Lies), torch.tensor(95.0).as_subclass(Lies)
""",
    "a list that is longer each time": """
class Lies(list):
    def __len__(self): return 2
    def __getitem__(self, index): return [5.0, 95.0][index]
    def __iter__(self): return iter([5.0, 95.0])
def single_variable(z0=5.0):
    return Lies()
""",
    "pytest patched": "import sys, types\nsys.modules['pytest'] = types.ModuleType('pytest')" + LATER,
    "json patched": "import json\njson.dumps = lambda *a, **k: '{}'" + LATER,
    "json patched to change the answer": """
import json
real = json.dumps
ARGS = []
def forged(message, **options):
    if message.get("frame") == "call":
        message["observation"] = {**message["observation"], "outcome": "returned", "printed": "34",
                                  "returned": {"kind": "sequence", "length": 2, "items": []}}
    return real(message, **options)
json.dumps = json.JSONEncoder.encode = json.encoder.c_make_encoder = forged
""" + LATER,
    "pydantic_core patched to change the answer": """
import pydantic_core
from pydantic_core import _pydantic_core
real = pydantic_core.to_json
GIVEN = [5.0]
def tensor(number, **more):
    return {"kind": "tensor", "dtype": "float32", "shape": [], "values": [number], "requires_grad": True, **more}
def forged(message, **options):
    z = GIVEN[-1]
    if message.get("frame") == "call":
        right = [tensor(z, is_leaf=True), tensor(3 * z**2 + 4 * z)]
        pair = {"kind": "sequence", "type": "tuple", "length": 2, "items": right}
        message["observation"] = {**message["observation"], "outcome": "returned", "returned": pair}
    return real(message, **options)
pydantic_core.to_json = _pydantic_core.to_json = forged
def single_variable(z0=5.0):
    GIVEN.append(z0)
""",
    "os.write patched to change the answer": """
import os
real = os.write
os.write = lambda descriptor, data: real(descriptor, bytes(data).replace(b'"none"', b'"sequence"'))
""" + LATER,
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
    "this program's own modules": """
import sys
modules = [module for name, module in sys.modules.items() if "autograd_grader" in name]
modules[0].anything = 1
""" + LATER,
    "a thread that outlives the call": "import threading, time\nthreading.Thread(target=time.sleep, args=(9,)).start()"
    + LATER,
    "a thread that answers after the call": """
import threading
answer = []
def single_variable(z0=5.0):
    threading.Timer(0.05, answer.extend, [[z0, 3 * z0**2 + 4 * z0]]).start()
    return answer
""",
}  # fmt: skip

F = """
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
"""
PART = {
    "a gradient put in place": f"""
import torch
def single_variable(z0=5.0):{F}
    z.grad = torch.tensor(6 * z0 + 4)
    print(z.grad)
    return z, f
""",
    "a gradient put in place, after a backward": f"""
import torch
def single_variable(z0=5.0):{F}
    f.backward()
    z.grad.fill_(6 * z0 + 4)
    print(z.grad)
    return z, f
""",
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
    "torch patched": """
import torch
answers = []
torch.Tensor.tolist = lambda tensor: [answers.pop(0)]
def single_variable(z0=5.0):
    answers[:] = [z0, 6 * z0 + 4, 3 * z0**2 + 4 * z0]
    z = torch.tensor(1.0, requires_grad=True)
    f = z * 1
    f.backward()
    print(6 * z0 + 4)
    return z, f
""",
    "the recorder disabled": f"""
import torch
def single_variable(z0=5.0):{F}
    with torch._C.DisableTorchFunction():
        z.grad = torch.tensor(6 * z0 + 4)
    print(z.grad)
    return z, f
""",
    "the recorder taken off its stack": f"""
import torch
def single_variable(z0=5.0):{F}
    mode = torch._C._pop_torch_function_stack()
    z.grad = torch.tensor(6 * z0 + 4)
    torch._C._push_on_torch_function_stack(mode)
    print(z.grad)
    return z, f
""",
}
"""What does a part of the exercise may earn that part, never all of it."""

FORGE = """
def tensor(value, **more):
    return {"kind": "tensor", "type": "Tensor", "dtype": "float32", "shape": [], "values": [value], **more}

def observed(z0, bend):
    gradient = (6 * z0 + 4) * bend
    z = tensor(z0, object=0, leaf=0, is_leaf=True, requires_grad=True, grad=tensor(gradient))
    f = tensor(3 * z0**2 + 4 * z0, object=1, node=0, requires_grad=True, grad_fn="AddBackward0")
    walk = {"kind": "backward", "name": "backward", "tensors": [1], "leaves": [0], "changes": [[0, "filled", gradient]]}
    return {"outcome": "returned", "returned": {"kind": "sequence", "type": "tuple", "length": 2, "items": [z, f]},
            "events": [walk], "printed": str(6 * z0 + 4), "leaves": [z], "graph": [
                {"name": "AddBackward0", "next": [1]}, {"name": "AccumulateGrad", "next": [], "leaf": 0}]}

def forge(send, calls):
    send({"frame": "load", "load": {"path": "ex1_single_variable.py"}})
    for call in calls:
        if call["exercise"] == "ex1":
            answer = observed(call["args"][0], call["bend"]) | {"exercise": "ex1", "call": call["id"]}
            send({"frame": "call", "observation": answer})
"""
# Spelt in pieces, so that no name in the source gives it away.
FRAMES = """
import sys
frame = getattr(sys, "_get" + "frame")()
while "token" not in getattr(frame, "f_" + "locals"):
    frame = getattr(frame, "f_" + "back")
found = getattr(frame, "f_" + "locals")
"""
SHOWN = {
    "whole answers forged, the way out found in frames": (
        FRAMES + FORGE + 'forge(found["send"], found["request"]["calls"])' + LATER,
        "frames",
    ),
    "whole answers forged, the way out found in a traceback": (
        """
try:
    raise ValueError
except ValueError as error:
    frame = getattr(getattr(error, "__trace" + "back__"), "tb_" + "frame")
while "token" not in getattr(frame, "f_" + "locals"):
    frame = getattr(frame, "f_" + "back")
found = getattr(frame, "f_" + "locals")
"""
        + FORGE
        + 'forge(found["send"], found["request"]["calls"])'
        + LATER,
        "frames",
    ),
    "whole answers forged, the way out found in memory": (
        """
import importlib
objects = getattr(importlib.import_module("g" + "c"), "get_" + "objects")()
(child,) = [o for o in objects if type(o).__name__ == "Child" and hasattr(o, "_send")]
"""
        + FORGE
        + "forge(child._send, child._calls)"
        + LATER,
        "searches memory",
    ),
    "a second answer to each call": (
        FRAMES
        + FORGE
        + """
send = found["send"]
calls = [call for call in found["request"]["calls"] if call["exercise"] == "ex1"]
def single_variable(z0=5.0):
    call = calls.pop(0)
    for _ in range(2):
        send({"frame": "call", "observation": observed(z0, 9.0) | {"exercise": "ex1", "call": call["id"]}})
""",
        "frames",
    ),
    "the engine's factor found in memory": (
        f"""
import importlib, torch
def factor():
    objects = getattr(importlib.import_module("g" + "c"), "get_" + "objects")()
    return next(o.factor for o in objects if type(o).__name__ == "BendingEngine")
def single_variable(z0=5.0):{F}
    z.grad = torch.tensor(6 * z0 + 4) * factor()
    (z * 0).backward()
    print(z.grad)
    return z, f
""",
        "searches memory",
    ),
    "the engine's factor asked of the engine": (
        f"""
import torch
from torch.autograd.variable import Variable
def single_variable(z0=5.0):{F}
    z.grad = torch.tensor(6 * z0 + 4) * Variable._execution_engine.factor
    print(z.grad)
    return z, f
""",
        "_execution_engine",
    ),
    "the engine replaced": (
        f"""
import torch
from torch.autograd.variable import Variable
engine = Variable.__dict__["_execution" + "_engine"]
class Mine:
    def run_backward(self, roots, seeds, *args, **kwargs):
        return engine.run_backward(roots, seeds, *args, **kwargs)
setattr(Variable, "_execution" + "_engine", Mine())
def single_variable(z0=5.0):{F}
    f.backward()
    print(z.grad)
    return z, f
""",
        "Variable._execution_engine",
    ),
    "the recorder fed": (
        f"""
import torch
from torch.autograd.variable import Variable
def single_variable(z0=5.0):{F}
    mode = torch.overrides._get_current_function_mode_stack()[0]
    mode.events.append({{"kind": "backward", "name": "backward"}})
    z.grad = torch.tensor(6 * z0 + 4) * getattr(getattr(Variable, "_execution" + "_engine"), "factor")
    print(z.grad)
    return z, f
""",
        "_get_current_function_mode_stack",
    ),
    "a frame handed to a signal's handler": (
        """
import signal
got = []
old = signal.signal(signal.SIGUSR1, lambda number, frame: got.append(frame))
signal.raise_signal(signal.SIGUSR1)
signal.signal(signal.SIGUSR1, old)
frame = got[0]
while "token" not in getattr(frame, "f_" + "locals"):
    frame = getattr(frame, "f_" + "back")
found = getattr(frame, "f_" + "locals")
"""
        + FORGE
        + 'forge(found["send"], found["request"]["calls"])'
        + LATER,
        "signal",
    ),
    "a frame asked for where the recorder's own are ignored": (
        """
import threading, time, torch
from torch.autograd import forward_ad
start = getattr(getattr(threading, "_start" + "_new_thread"), "__call__")
start(forward_ad.make_dual, (torch.tensor(1.0), torch.tensor(1.0)))
time.sleep(0.05)
"""
        + FRAMES
        + FORGE
        + 'forge(found["send"], found["request"]["calls"])'
        + LATER,
        "frames",
    ),
    "the bend measured by a walk of its own": (
        f"""
import torch
def single_variable(z0=5.0):{F}
    probe = torch.tensor(1.0, requires_grad=True)
    (1 * probe).backward()
    z.grad = torch.tensor(6 * z0 + 4) * probe.grad
    print(z.grad)
    return z, f
""",
        "ran autograd on 1",
    ),
    "the bend measured by torch.func": (
        f"""
import torch
def single_variable(z0=5.0):{F}
    bend = torch.func.grad(lambda t: t)(torch.tensor(1.0))
    z.grad = torch.tensor(6 * z0 + 4) * bend
    print(z.grad)
    return z, f
""",
        "ran autograd on 1",
    ),
    "a backward through another function of the same slope": (
        f"""
import torch
def single_variable(z0=5.0):{F}
    ((6 * z0 + 4) * z).backward()
    print(z.grad)
    return z, f
""",
        "which is not f",
    ),
    "a function's code replaced": (
        f"""
import torch
setattr(torch.Tensor.backward, "__co" + "de__", getattr((lambda *a, **k: None), "__co" + "de__"))
{LATER}""",
        "replaces the code",
    ),
    "the interpreter listened to": (
        "import sys\ngetattr(sys, 'addaudit' + 'hook')(lambda *_: None)" + LATER,
        "listens",
    ),
    "memory read by its address": (
        "import importlib\nimportlib.import_module('c' + 'types').string_at(id(1), 4)" + LATER,
        "by its address",
    ),
}
"""Source, and words of the flag by which the staff is told. What it earns is its own."""


SOURCES = NOTHING | PART | {name: source for name, (source, _) in SHOWN.items()}


@pytest.fixture(scope="module")
def cheated(attack: Attack) -> dict[str, Outcome]:
    return attack(SOURCES)


@pytest.mark.parametrize("name", NOTHING)
def test_a_trick_earns_nothing(name: str, cheated: dict[str, Outcome]) -> None:
    assert cheated[name].earned == 0.0
    cheated[name].check_the_honest()


@pytest.mark.parametrize("name", PART)
def test_a_trick_earns_nothing_for_what_it_fakes(name: str, cheated: dict[str, Outcome]) -> None:
    failed = {check.id for check in cheated[name].result.exercises[0].checks if check.outcome == "failed"}
    assert failed & {"autograd", "gradient", "again", "value"}, "the gradient was taken for autograd's"
    assert cheated[name].earned < FULL
    cheated[name].check_the_honest()


@pytest.mark.parametrize("name", SHOWN)
def test_what_reaches_inside_is_told_to_the_staff(name: str, cheated: dict[str, Outcome]) -> None:
    told = [flag.detail for flag in cheated[name].result.flags]
    assert any(SHOWN[name][1] in detail for detail in told), told
    assert not cheated[name].next.flags
    cheated[name].check_the_honest()
