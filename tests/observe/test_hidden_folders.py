"""Folders that are hidden can be read by no student code, wherever they lie below what it can read."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograd_grader.observe.child.confine.paths import below, readable
from autograd_grader.observe.host import bubblewrap, fork_server
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits

from .seam import Seam, texts_in
from .test_namespaces import both_ways

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def f():
    found = []
    for path in PATHS:  # past Python's audit hook: what refuses is the kernel
        descriptor = libc.open(path.encode(), 0)
        found.append(os.read(descriptor, 99).decode() if descriptor >= 0 else os.strerror(ctypes.get_errno()))
    return found
"""
REFUSED = {"Permission denied", "No such file or directory"}


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages, open to every user, that the interpreter imports from: one is a course."""
    top = Path(tempfile.mkdtemp())
    top.chmod(0o755)
    packages = top / "lib" / "site-packages"
    for folder in ("course/graders/answers", "course/exercises", "other"):
        (packages / folder).mkdir(parents=True)
        (packages / folder / "text.py").write_text(f"# {folder}\n")
    (top / "link").symlink_to("lib")
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    monkeypatch.setattr(
        fork_server, "_package_folders", lambda: [str(Path(fork_server.__file__).parents[3]), str(packages)]
    )
    yield packages
    shutil.rmtree(top)


@pytest.mark.skipif(sys.platform != "linux", reason="files are kept from a child on Linux alone")
@both_ways
def test_a_hidden_folder_in_site_packages_is_not_readable_and_what_lies_beside_it_is(
    where: str, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "outside":
        monkeypatch.setattr(bubblewrap, "wrapper", lambda _: [])
    through_link = packages.parents[1] / "link" / "site-packages"  # a course's folder may be named by a link
    hidden = [through_link / "course/graders", packages / "course/exercises", packages / "not-there"]
    names = ("other", "course/graders/answers", "course/exercises")
    source = f"PATHS = {[f'{packages}/{name}/text.py' for name in names]}\n{READS}"
    with Worker(hidden=hidden) as worker:
        for each in (worker, worker.another()):
            with each:
                beside, *inside = texts_in(Seam(SandboxObserver(each, Limits())).returned(source))
                assert beside == "# other\n"
                assert set(inside) <= REFUSED
    with Worker() as worker:
        seen = texts_in(Seam(SandboxObserver(worker, Limits())).returned(source))
    assert seen == [f"# {name}\n" for name in names], "without being hidden they are readable"


def test_readable_paths_lie_beside_hidden_ones_and_never_above(packages: Path) -> None:
    hidden = str(packages / "course/graders")
    paths = readable([hidden])
    assert below(str(packages / "other"), paths)
    assert below(str(packages / "course/exercises/text.py"), paths)
    assert not below(hidden, paths)
    assert not any(below(path, [hidden]) for path in paths)
