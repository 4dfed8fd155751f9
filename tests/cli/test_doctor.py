"""`grade doctor` and `--sandbox`: the layers are tried, and `strict` does without none of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograd_grader.errors import SandboxError
from autograd_grader.observe import layers
from autograd_grader.observe.process import WarmProcess

from .conftest import Run

UNLOCKED = """
import json
from autograd_grader.observe.runner.lock import probe
print(json.dumps([trial["what"] for trial in probe.results([__file__ if "__file__" in globals() else "/etc/passwd"])
                  if trial["refused"]]))
"""


def test_doctor_tries_every_layer_and_exits_with_0(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["layers"]
    assert [layer["number"] for layer in found] == [1, 2, 3, 3, 3, 4]
    assert all(layer["holds"] or layer["advice"] for layer in found)
    assert sum(len(layer["trials"]) for layer in found) > (40 if sys.platform == "linux" else 10)
    assert run("doctor", cwd=tmp_path).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are fewer layers")
def test_without_the_lock_the_trials_get_through(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", UNLOCKED], cwd=tmp_path, capture_output=True, check=True, timeout=60)
    refused = set(json.loads(done.stdout))
    assert {
        "read /etc/passwd",
        "start a process",
        "open a socket to the network",
        "write outside its folder",
    }.isdisjoint(refused), "a trial that is refused without a lock shows nothing"


def test_strict_says_in_one_line_what_is_missing_and_what_to_do(
    warm: WarmProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = layers.Layer(number=3, name="landlock", title="Landlock: files", holds=False, advice="do this")
    monkeypatch.setattr(layers, "examine", lambda _: [missing])
    with pytest.raises(SandboxError, match=r"Landlock: files.*do this.*--sandbox basic") as raised:
        layers.require("strict", warm)
    assert "\n" not in str(raised.value)
    layers.require("basic", warm)


def test_bubblewrap_is_not_missed_where_it_is_not_installed(run: Run, tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path, PATH=str(tmp_path))
    assert done.returncode == 0
    assert re.search(r"^4 .* not used\n +bubblewrap is not installed", done.stdout, re.MULTILINE), done.stdout
    assert sys.platform != "linux" or "MISSING" not in done.stdout
