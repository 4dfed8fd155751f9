"""What student code is kept from: the grader, this machine, and the other exercises."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import autograd_grader.observe
from autograd_grader.errors import SandboxError
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits

from .seam import RIGHT, Seam, calls_of, exercise, numbers_in, source_file, texts_in

HERE = Path(__file__).parent
OBSERVE = Path(autograd_grader.observe.__file__).parent

SPOILS = {
    "grad mode": "torch.set_grad_enabled(False)",
    "inference mode": "torch.inference_mode().__enter__()",
    "default dtype": "torch.set_default_dtype(torch.float16)",
    "default device": "torch.set_default_device('meta')",
    "anomaly mode": "torch.autograd.set_detect_anomaly(True)",
    "deterministic mode": "torch.use_deterministic_algorithms(True)",
    "a function mode": """
from torch.overrides import TorchFunctionMode
class Zeros(TorchFunctionMode):
    def __torch_function__(self, *_, **__): return torch.zeros(())
Zeros().__enter__()""",
    "torch.tensor": "torch.tensor = lambda *_, **__: None",
    "torch.Tensor.backward": "torch.Tensor.backward = lambda *_, **__: None",
    "torch.Tensor.__pow__": "torch.Tensor.__pow__ = lambda *_, **__: torch.zeros(())",
    "builtins.print": "import builtins\nbuiltins.print = lambda *_, **__: None",
    "builtins.__import__": "import builtins\nbuiltins.__import__ = None",
    "sys.modules": "import sys, types\nsys.modules['torch'] = types.ModuleType('torch')",
    "sys.path": "import sys\nsys.path.clear()",
    "import hooks": "import sys\nsys.meta_path.clear()",
    "stdout replaced": "import sys, io\nsys.stdout = io.StringIO()",
    "stdout without attributes": "import sys\nsys.stdout = object()",
    "stdout closed": "import sys\nsys.stdout.close()",
    "descriptors closed": "import os\nos.close(1); os.close(2)",
    "print options": "torch.set_printoptions(precision=0)",
    "warnings": "import warnings\nwarnings.simplefilter('error')",
    "tracing": "import sys\nsys.settrace(lambda *_: None)",
    "recursion limit": "import sys\nsys.setrecursionlimit(60)",
    "a thread": """
import threading, time
def go():
    while True:
        torch.set_default_dtype(torch.float16)
        time.sleep(0)
threading.Thread(target=go, daemon=True).start()""",
    "a timer": "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.02)",
    "a signal handler": "import signal\nsignal.signal(signal.SIGALRM, lambda *_: 1/0)",
    "memory": "HELD = torch.empty(170 << 20)",
    "environment": "import os\nos.environ['TORCH'] = '1'",
    "a setting that can't be asked": """
import numpy
class Hangs:
    def __eq__(self, other):
        while True: pass
    __ne__ = __eq__
    def __repr__(self): raise ValueError
numpy.set_printoptions(formatter={'float': Hangs()})""",
    "the folder": "import os\nos.chdir('/')",
}


@pytest.mark.parametrize("name", SPOILS)
def test_what_one_file_changes_does_not_spoil_anothers_exercise(seam: Seam, name: str) -> None:
    files = [source_file("ex1.py", f"import torch\n{SPOILS[name]}\ndef g(): return 1.0"), source_file("ex2.py", RIGHT)]
    memory = "\nimport torch\nheld = torch.empty(170 << 20)\n" if name == "memory" else ""
    files[1] = source_file("ex2.py", RIGHT + memory)
    plan = exercise(*calls_of("g", ())), exercise(*calls_of("f", (5.0,)), id="ex2", file="ex2.py")
    seen = seam.observe(files, *plan)
    assert seen.calls[0].outcome == "returned"
    answer = seen.calls[1]
    assert answer.outcome == "returned", answer.error or answer.detail
    assert answer.returned is not None
    z, f = answer.returned.items
    assert (z.values, f.values, z.dtype) == ((5.0,), (95.0,), "float32")
    assert z.grad is not None
    assert z.grad.values == (34.0,)
    assert answer.printed == "gradient tensor(34.)\n"


def test_what_was_changed_is_told(seam: Seam) -> None:
    files = [source_file("ex1.py", f"import torch\n{SPOILS['grad mode']}\ndef g(): pass"), source_file("ex2.py", RIGHT)]
    plan = exercise(*calls_of("g", ())), exercise(*calls_of("f", (5.0,)), id="ex2", file="ex2.py")
    assert seam.observe(files, *plan).changes == ("grad mode",)


def test_honest_work_changes_nothing(seam: Seam) -> None:
    source = (
        f"import dataclasses, json, math, random, collections, numpy\n{RIGHT}\ng = f\ng(3.0)\nnumpy.ones(3).sum()\n"
    )
    numbers = (1, 2, 3)
    files = [
        source_file(f"ex{n}.py", source.replace("def f", f"def f{n}").replace("g = f", f"g = f{n}")) for n in numbers
    ]
    plan = [exercise(*calls_of(f"f{n}", (5.0,)), id=f"ex{n}", file=f"ex{n}.py") for n in numbers]
    seen = seam.observe(files, *plan)
    assert seen.changes == ()
    assert [c.outcome for c in seen.calls] == ["returned"] * 3


def test_the_environment_is_empty_and_standard_input_is_closed(seam: Seam) -> None:
    source = "import os, sys\ndef f(): return sorted(os.environ) + [sys.stdin.read() if sys.stdin else '']"
    assert set(texts_in(seam.returned(source))) <= {"", "LC_CTYPE", "TORCHINDUCTOR_CACHE_DIR"}


def test_asking_for_input_is_an_error_and_no_wait(seam: Seam) -> None:
    error = seam.call("def f(): return input('a number: ')").error
    assert error is not None
    assert error.type == "EOFError"


@pytest.mark.skipif(sys.platform != "linux", reason="descriptors are listed in /proc")
def test_a_child_holds_its_streams_and_its_pipe_and_no_other_descriptor(seam: Seam) -> None:
    source = """
        import os
        def f():
            found = []
            for n in range(64):
                try:
                    found.append(os.readlink(f"/proc/self/fd/{n}"))
                except OSError:
                    pass
            return found
    """
    open_files = [re.sub(r"[\d:\[\]]+| \(deleted\)", "", name) for name in texts_in(seam.returned(source))]
    streams = [name for name in open_files if name not in {"/dev/null", "socket"}]
    assert len(streams) == 3, open_files  # 1, 2, and the one they are read back through
    assert len(set(streams)) == 1, open_files
    assert open_files.count("socket") == 1


def test_no_part_of_the_grader_is_loaded_where_student_code_runs() -> None:
    source = """
        import sys
        KNOWN = {'autograd_grader', 'pytest', '_pytest', 'pydantic', 'hypothesis', 'jinja2', 'nbformat', 'IPython'}
        def f(): return sorted(n for n in sys.modules if n.partition('.')[0] in KNOWN)
    """
    with Worker() as process:
        seen = Seam(SandboxObserver(process, Limits())).returned(source)
    ours = r"autograd_grader(\.observe(\.(frames|child(\..+)?|host(\.(fork_server|worker)_main)?))?)?"
    allowed = re.compile(ours)
    assert [name for name in texts_in(seen) if not allowed.fullmatch(name)] == []


def test_grading_loads_neither_torch_nor_what_a_student_wrote() -> None:
    program = """
import sys
from pathlib import Path
from autograd_grader.course import open_course
from autograd_grader.grade.grading import grade
from autograd_grader.model.observation import Observation
observation = Observation.model_validate_json(Path(sys.argv[1]).read_text(encoding="utf-8"))
(result,) = grade(open_course(None), [observation])
theirs = {file.path.rpartition("/")[2].removesuffix(".py") for file in observation.facts}
print(result.score + result.awaiting_review, sorted(theirs & set(sys.modules)), "torch" in sys.modules)
"""
    command = [sys.executable, "-c", program, str(HERE / "recorded" / "alma.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.split("\n")[-2] == "40.0 [] False", done.stderr


def test_nothing_is_pickled() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in OBSERVE.rglob("*.py")}
    assert len(sources) > 10
    for path, source in sources.items():
        assert not re.search(r"^\s*(import|from) (pickle|marshal|shelve|multiprocessing)", source, re.MULTILINE), path
        assert not re.search(r"\b(torch\.load|numpy\.load|np\.load|eval)\(", source), path


def test_the_child_imports_nothing_of_the_grader() -> None:
    imports = re.compile(r"^\s*(?:from|import) autograd_grader\.?([\w.]*)", re.MULTILINE)
    for path in (OBSERVE / "child").rglob("*.py"):
        found = set(imports.findall(path.read_text(encoding="utf-8")))
        assert all(name == "observe" or name.startswith("observe.child") for name in found), path


@pytest.mark.parametrize(("tries", "what"), [
    ("subprocess.run(['true'])", "start a program"),
    ("os.system('true')", "run a shell command"),
    ("os.fork()", "start a process"),
    ("socket.socket()", "open a socket"),
    ("os.kill(os.getppid(), 9)", "send a signal to a process"),
    ("open('/etc/passwd').read()", "read a file outside the submission"),
    ("open('/etc/no-such-file').read()", "read a file outside the submission"),
    ("open('/tmp/notes.txt', 'w')", "write a file"),
    ("pathlib.Path('../notes.txt').write_text('x')", "write a file"),
])  # fmt: skip
def test_what_no_exercise_needs_is_refused_and_named(seam: Seam, tries: str, what: str) -> None:
    call = seam.call(f"import os, pathlib, socket, subprocess\ndef f():\n    {tries}")
    assert call.outcome == "raised"
    assert call.refused == (what,)
    assert call.error is not None
    assert call.error.line == 3


def test_two_observers_side_by_side_do_not_mix(warm: Worker) -> None:
    observer = SandboxObserver(warm, Limits(call=1.0))
    first = Seam(observer).returned("import torch\ntorch.LEFT = 1\ndef f(): return 1.0")
    second = Seam(observer).returned("import torch\ndef f(): return float(hasattr(torch, 'LEFT'))")
    assert [*numbers_in(first), *numbers_in(second)] == [1.0, 0.0]


GONE = "could not be started or has ended"


def test_where_torch_cant_be_imported_that_is_an_error_that_says_so() -> None:
    with Worker() as process:
        process._torch._process.kill()  # as the system does when memory runs out
        with pytest.raises(SandboxError, match=GONE):
            Seam(SandboxObserver(process, Limits(call=1.0))).call(RIGHT, 5.0)


def test_a_warm_process_that_is_killed_is_an_error_and_another_is_had_from_the_same_import() -> None:
    with Worker() as process, process.again() as other:
        torch = process._torch
        seam = Seam(SandboxObserver(process, Limits()))
        assert seam.call(RIGHT, 5.0).outcome == "returned"
        assert process._number is not None
        torch.end_now(process._number)
        with pytest.raises(SandboxError, match=GONE):
            seam.call(RIGHT, 5.0)
        process.close()
        with process.again() as fresh:
            assert fresh._torch is torch
            for each in (fresh, other):
                assert Seam(SandboxObserver(each, Limits())).call(RIGHT, 5.0).outcome == "returned"
    assert not torch.is_alive


def test_student_code_finds_nothing_of_what_ran_before_it_and_a_collector_at_work(seam: Seam) -> None:
    source = """
    import gc, linecache, sys
    import torch
    def f():
        left = [name for name in (*sys.modules, *linecache.cache) if "rehears" in name]
        return [*left, str(gc.isenabled()), str(torch.get_default_dtype()), str(torch.is_grad_enabled())]
    """
    assert texts_in(seam.returned(source)) == ["True", "torch.float32", "True"]
