"""Namespaces: where bubblewrap works, a worker sees nothing else; where it does not, nothing else changes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograd_grader.errors import SandboxError
from autograd_grader.observe.host import bubblewrap
from autograd_grader.observe.host.layers import ExaminedLayer, examine, require
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits
from autograd_grader.prove.answers import references, submission

from .seam import RIGHT, Seam, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograd_grader.course import Course
    from autograd_grader.model.observation import Observation

_TRIAL = ("--ro-bind", "/", "/", "--proc", "/proc", "--unshare-pid", "--unshare-net", "--unshare-ipc", "true")


def _works() -> bool:
    """Whether bubblewrap makes namespaces here, in the plainest way: most containers do not let it."""
    try:
        return subprocess.run(["bwrap", *_TRIAL], check=False, capture_output=True, timeout=20).returncode == 0
    except OSError:
        return False


inside_only = pytest.mark.skipif(not _works(), reason="bubblewrap is not installed or not allowed to make namespaces")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has namespaces")


both_ways = pytest.mark.parametrize("where", ["outside", pytest.param("inside", marks=inside_only)])


@pytest.fixture(scope="module")
def inside() -> Iterator[Worker]:
    with Worker() as process:
        assert not process.namespaces_missing
        yield process


def namespaces(worker: Worker) -> ExaminedLayer:
    (layer,) = (layer for layer in examine(worker) if layer.name == "namespaces")
    assert not layer.required
    return layer


# What is in there


@inside_only
def test_every_layer_holds_in_namespaces(inside: Worker, course: Course) -> None:
    layers = examine(inside, [course.graders / "conftest.py", Path(__file__)])
    failed = [(layer.name, layer.reason, [t.what for t in layer.trials if not t.refused]) for layer in layers]
    assert all(layer.holds for layer in layers), failed
    assert all(layer.trials for layer in layers)
    require("strict", inside)


@inside_only
def test_without_namespaces_what_they_refuse_gets_through(inside: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    pretended = [word for word in bubblewrap.wrapper() if not word.startswith("--unshare")]
    assert namespaces(inside).holds
    monkeypatch.setattr(bubblewrap, "wrapper", lambda _: pretended)
    with Worker() as process:
        let_in = {trial.what for trial in namespaces(process).trials if not trial.refused}
    assert {"find a process of this machine", "reach a server of this machine"} <= let_in


@inside_only
def test_of_all_files_it_sees_only_what_python_and_server_need(course: Course, tmp_path: Path) -> None:
    hidden = [course.graders, course.stubs, Path(__file__), tmp_path, "/etc/passwd", "/etc/shadow", "/home", "/var",
              Path(bubblewrap.__file__), Path.home() / ".bashrc", "/usr/bin", "/dev/kmsg", "/sys/class"]  # fmt: skip
    program = "import json, os, sys; print(json.dumps([p for p in sys.argv[1:] if os.path.exists(p)]))"
    assert seen_inside(program, *map(str, hidden)) == []
    assert seen_inside(program, os.devnull, "/proc/self", os.__file__) == [os.devnull, "/proc/self", os.__file__]


@inside_only
def test_of_an_installed_program_it_sees_the_childs_modules_and_not_the_course(course: Course, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path)], check=True, timeout=60)
    (packages,) = tmp_path.glob("lib/python*/site-packages")
    installed = packages / "autograd_grader"
    shutil.copytree(Path(bubblewrap.__file__).parents[2], installed)
    shutil.copytree(course.graders, installed / "_course/graders")
    inside = "from autograd_grader.observe.host import bubblewrap; print(*bubblewrap.wrapper(), sep='\\n')"
    python = str(tmp_path / "bin/python")
    wrapper = subprocess.run([python, "-c", inside], check=True, capture_output=True, text=True, timeout=60).stdout
    places = [installed, tmp_path / "lib64" / installed.relative_to(tmp_path / "lib")]
    program = "import os, sys; print(*(sorted(os.listdir(place)) for place in sys.argv[1:]))"
    command = [*wrapper.split("\n")[:-1], python, "-I", "-c", program, *map(str, places)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert set(done.stdout.splitlines()) == {"['__init__.py', 'observe'] ['__init__.py', 'observe']"}


@inside_only
def test_it_can_write_nowhere_but_into_its_own_small_space() -> None:
    program = """
import json, os, sys
found = []
for folder, inner, _ in os.walk("/"):
    inner[:] = [name for name in inner if folder.count("/") < 4 and name != "proc"]
    try:
        open(folder + "/x", "w").close()
    except OSError:
        continue
    space = os.statvfs(folder)
    found.append([folder, space.f_blocks * space.f_frsize])
print(json.dumps(found))
"""
    assert seen_inside(program) == [[folder, 16 << 20] for folder in ("/tmp", "/tmp/worker-scratch")]  # noqa: S108 - in there


def seen_inside(program: str, *arguments: str) -> list[object]:
    """What a small program prints as JSON that is started as the worker is."""
    command = [*bubblewrap.wrapper(), sys.executable, "-I", "-c", program, *arguments]
    seen: list[object] = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60, env={}).stdout)
    return seen


# It makes no difference


@inside_only
def test_an_observation_is_the_same_in_namespaces_and_without(inside: Worker, warm: Worker, course: Course) -> None:
    work = submission(course, "right", references(course))

    def observed(process: Worker) -> Observation:
        seen = SandboxObserver(process, Limits()).observe(work, course.plan(work))
        calls = tuple(call.model_copy(update={"seconds": 0.0}) for call in seen.calls)
        return seen.model_copy(update={"calls": calls})

    assert observed(inside) == observed(warm)


@inside_only
def test_a_hanging_a_dying_and_a_flooding_call_cost_themselves_alone(inside: Worker) -> None:
    source = """
        import os
        def f(x):
            if x == 1:
                while True: pass
            if x == 2: os._exit(0)
            while x == 3: os.write(1, b"x" * (1 << 16))
            n = 0
            while x == 4:
                open(str(n), "w").write("x" * 900_000); n += 1
            return x
    """
    seam = Seam(SandboxObserver(inside, Limits(call=1.0)))
    calls = seam.calls(source, *((float(n),) for n in range(6)))
    assert [call.outcome for call in calls[:3]] == ["returned", "timed-out", "crashed"]
    assert calls[3].too_much_output
    assert calls[4].error is not None
    assert calls[4].error.type == "OSError", "its space is full"
    assert numbers_in(calls[5].returned) == [5.0]
    assert seam.call(RIGHT, 5.0).outcome == "returned"


@inside_only
@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="only root can give a child another user")
def test_each_warm_process_has_children_of_another_user(inside: Worker) -> None:
    source = "import os\ndef f(): return float(os.getuid())"
    with inside.another() as other:
        one, two = (numbers_in(Seam(SandboxObserver(each, Limits())).returned(source)) for each in (inside, other))
    assert one != two


# Its end


def descendants(pid: int) -> set[int]:
    """The processes that stem from one, in the numbers of this namespace."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
    found, border = set(), {pid}
    while border:
        found |= border
        border = {child for child, parent in parents.items() if parent in border} - found
    return found


def gone(pids: set[int], seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(is_alive(pid) for pid in pids):
            return True
        time.sleep(0.01)
    return False


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


HANGS = """
import signal
for number in (1, 2, 15): signal.signal(number, signal.SIG_IGN)
def f():
    while True: pass
"""


@linux_only
@both_ways
def test_with_a_killed_fork_server_end_its_workers_and_their_children(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "outside":
        monkeypatch.setattr(bubblewrap, "wrapper", lambda _: [])
    monkeypatch.setattr(Worker, "another", lack_another)
    with Worker() as process:
        process.wait_until_ready()
        alone = len(descendants(process._server._process.pid))
        seam = Seam(SandboxObserver(process, Limits(call=100.0)))
        told: list[SandboxError] = []
        thread = threading.Thread(target=wait_for_it, args=(seam, told))
        thread.start()
        family = with_a_child(process, alone)
        process._server._process.kill()  # as the system does when memory runs out
        assert gone(family)
        thread.join(20.0)
    assert len(told) == 1


def lack_another(_: Worker) -> Worker:
    raise SandboxError("there is no other worker")


def wait_for_it(seam: Seam, told: list[SandboxError]) -> None:
    try:
        seam.call(HANGS)
    except SandboxError as error:
        told.append(error)


def with_a_child(process: Worker, alone: int) -> set[int]:
    until = time.monotonic() + 20.0
    while len(family := descendants(process._server._process.pid)) <= alone:
        assert time.monotonic() < until, "there is no child"
        time.sleep(0.01)
    return family


GRADER = """
import os, sys
from autograd_grader.observe.host import bubblewrap
from autograd_grader.observe.host.worker import Worker
if sys.argv[1] == "outside":
    bubblewrap.wrapper = lambda _: []
process = Worker()
process.wait_until_ready()
print(process._server._process.pid, bool(process.namespaces_missing), flush=True)
sys.stdin.read()
"""


@linux_only
@both_ways
def test_a_killed_grader_leaves_no_process(where: str) -> None:
    command = [sys.executable, "-c", GRADER, where]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout is not None
        pid, outside = grader.stdout.readline().split()
        family = descendants(int(pid))
        grader.kill()
    assert outside == str(where == "outside")
    assert len(family) == (2 if where == "outside" else 4)
    assert gone(family)


# Where it can't be had


def put(folder: Path, program: str) -> None:
    """A program that stands in for bubblewrap."""
    (folder / "stand_in.py").write_text(program)
    path = folder / "bwrap"
    # Not as `#!python`: the path to Python may have spaces in it.
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "{folder}/stand_in.py" "$@"\n')
    path.chmod(0o755)


REFUSES = "import sys\nsys.exit('bwrap: No permissions to create a new namespace')"
LOSES_A_LIBRARY = """
import os, sys
os.write(int(sys.argv[sys.argv.index("-c") + 2]), b"here")
sys.exit("OSError: libtorch.so: cannot open shared object file")
"""


@linux_only
@pytest.mark.parametrize(
    ("program", "reason"), [(REFUSES, "No permissions"), (LOSES_A_LIBRARY, "cannot open shared object file")]
)
def test_where_it_is_refused_the_process_is_started_without_and_says_why(
    program: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, program)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with Worker(strict=True) as process:
        assert Seam(SandboxObserver(process, Limits())).call(RIGHT, 5.0).outcome == "returned"
        layer = namespaces(process)
        require("strict", process)
    assert not layer.holds
    assert reason in layer.reason
    assert layer.advice
