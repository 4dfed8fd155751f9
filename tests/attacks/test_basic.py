"""What `--sandbox basic` holds on a machine with neither Landlock nor seccomp: marks and time, not files and calls."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import BASIC
from .test_harm import RUIN

TESTS = Path(__file__).parents[1]


@pytest.mark.skipif(sys.platform != "linux", reason="a machine is simulated by Linux's own means")
def test_in_basic_without_kernel_layers_marks_and_time_are_safe_and_files_are_not(
    record_property: Callable[[str, object], None],
) -> None:
    command: list[str | Path] = [
        sys.executable,
        TESTS / "without_kernel_layers.py",
        sys.executable,
        "-m",
        "attacks.basic",
    ]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    held = json.loads(done.stdout)
    record_property(BASIC, held)
    assert [name for name, holds in held["cheating"].items() if not holds] == []
    ruins = {name for name in RUIN if name != "a program for another processor"}
    assert [name for name, holds in held["harm"].items() if name in ruins and not holds] == []
    # As the threat model says; and it shows that Landlock and seccomp were missing.
    assert not any((held["spying"]["a grader"], held["spying"]["the network"], held["harm"]["a shell"]))
