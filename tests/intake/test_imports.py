"""What reading loads: the start of `grade` is counted in milliseconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from autograd_grader import intake

SCRIPT = """
import sys
from pathlib import Path
from autograd_grader.intake import read_submission
read_submission(Path(sys.argv[1]))
print([name for name in ("nbformat", "IPython", "torch", "autograd_grader.intake.archive") if name in sys.modules])
"""


def test_a_plain_folder_is_read_without_what_only_notebooks_and_archives_need(tmp_path: Path) -> None:
    (tmp_path / "ex1.py").write_text("x = 1\n")
    root = Path(intake.__file__).parents[2]
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]", done.stderr
