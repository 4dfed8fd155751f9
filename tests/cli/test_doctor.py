"""`grade doctor` and `--sandbox`: the layers are tried, and `strict` does without none of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograd_grader.errors import SandboxError
from autograd_grader.observe.host import layers
from autograd_grader.observe.host.worker import Worker

from .conftest import COMMAND, Run

# The trials are tried on the process that started them: it is a process of its own, not the tests'.
UNCONFINED = """
import json, os, sys
from autograd_grader.observe.child.confine import try_layers
from autograd_grader.observe.child.confine.layer import Probe

reading, writing = os.pipe()
os.dup(0)  # one more than a child of the grader holds
if os.fork() == 0:
    trials = try_layers(Probe([sys.executable]), first=False)
    os.write(writing, json.dumps([trial["what"] for trial in trials if trial["refused"]]).encode())
    os._exit(0)
os.close(writing)
print(os.fdopen(reading).read())
"""
ORDINARY = {
    "be root",
    "hold a capability",
    "handle page faults",
    "load a program into the kernel",
    "mount a file system",
}
"""What the kernel refuses to whoever is not root."""
MACHINE = {"leave a core dump", "make a namespace", "start 2000 threads", "use a keyring", "use io_uring"}
"""What a container, or the machine's settings, may refuse to anybody."""
LAYERS = dict.fromkeys(("process", "limits", "user", "landlock", "seccomp"), True) | {"namespaces": False}
WITHOUT_KERNEL_LAYERS = (sys.executable, Path(__file__).parents[1] / "without_kernel_layers.py")


def test_doctor_tries_every_layer_and_exits_with_0(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["layers"]
    assert {layer["name"]: layer["required"] for layer in found} == LAYERS
    assert all(layer["holds"] or layer["advice"] for layer in found)
    assert sum(len(layer["trials"]) for layer in found) > (40 if sys.platform == "linux" else 10)
    assert run("doctor", cwd=tmp_path).returncode == 0


def test_doctor_tells_of_a_python_path_that_no_program_can_refuse(run: Run, tmp_path: Path) -> None:
    words = "python -I -m autograd_grader"
    assert words in run("doctor", cwd=tmp_path, PYTHONPATH=str(tmp_path)).stdout
    assert words not in run("doctor", cwd=tmp_path).stdout


linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are fewer layers")


@linux
def test_where_no_layer_is_applied_the_trials_get_through(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", UNCONFINED], cwd=tmp_path, capture_output=True, check=True, timeout=60)
    refused = set(json.loads(done.stdout))
    assert refused <= MACHINE | ORDINARY, "a trial that is refused without a layer shows nothing"


@linux
def test_without_landlock_and_seccomp_strict_refuses_to_start_and_doctor_says_what_is_missing(
    right: Path, tmp_path: Path
) -> None:
    def run_there(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [*WITHOUT_KERNEL_LAYERS, COMMAND, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)

    refused = run_there("batch", right.parent, "--out", "reports")
    assert refused.returncode == 3
    assert refused.stderr.count("\n") == 1
    assert "Landlock: files, seccomp: system calls" in refused.stderr
    assert not (tmp_path / "reports" / "gradebook.csv").exists()
    assert run_there(right, "--out", "own", "--sandbox", "basic").returncode == 0
    layers = {layer["name"]: layer for layer in json.loads(run_there("doctor", "--json").stdout)["layers"]}
    assert {name for name, layer in layers.items() if layer["holds"]} - {"user", "namespaces"} == {"process", "limits"}
    assert all(layers[name]["reason"] and layers[name]["advice"] for name in ("landlock", "seccomp"))


def test_strict_says_in_one_line_what_is_missing_and_what_to_do(warm: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = layers.ExaminedLayer(
        name="landlock", title="Landlock: files", required=True, holds=False, advice="do this"
    )
    monkeypatch.setattr(layers, "examine", lambda _: [missing])
    with pytest.raises(SandboxError, match=r"Landlock: files.*do this.*--sandbox basic") as raised:
        layers.require("strict", warm)
    assert "\n" not in str(raised.value)
    layers.require("basic", warm)


def test_bubblewrap_is_not_missed_where_it_is_not_installed(run: Run, tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path, PATH=str(tmp_path))
    assert done.returncode == 0
    assert re.search(r"^namespaces.* not used\n +bubblewrap is not installed", done.stdout, re.MULTILINE), done.stdout
    assert sys.platform != "linux" or "MISSING" not in done.stdout
