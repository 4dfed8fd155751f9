"""A course is opened by its folder, by the name of an installed package, or is the one of this program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograd_grader.course import Course, installed_course_folders, open_course
from autograd_grader.errors import UsageError

from .conftest import WriteCourse

COMMAND = Path(sys.executable).with_name("grade")


def install(site: Path, distribution: str, entry: str) -> None:
    """Register a course as pip does for a package: by a file in the folder of its metadata."""
    metadata = site / f"{distribution}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", "utf-8")
    text = f"[console_scripts]\nother = other:main\n\n[autograd_grader.courses]\n{entry}\n\n[more]\na = b\n"
    (metadata / "entry_points.txt").write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_course: WriteCourse) -> Path:
    """A folder of installed packages with one course, `doubling`, in the package `lessons.doubling`."""
    site = tmp_path / "site"
    package = site / "lessons" / "doubling"
    write_course(folder=package)
    for folder in (package, package.parent):
        (folder / "__init__.py").write_text("raise RuntimeError('imported')\n", "utf-8")
    install(site, "lessons", "doubling = lessons.doubling")
    monkeypatch.syspath_prepend(str(site))
    return site


def refused(source: str | Path) -> str:
    with pytest.raises(UsageError) as caught:
        open_course(source)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_no_course_named_is_the_one_of_this_program(course: Course) -> None:
    assert open_course(None).root == course.root
    assert open_course(None).spec is None


def test_a_folder_is_opened_and_found_again_from_elsewhere(
    write_course: WriteCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_course()
    monkeypatch.chdir(root.parent)
    spec = open_course(root.name).spec
    monkeypatch.chdir(tmp_path.parent)
    assert spec == str(root.resolve())
    assert open_course(spec).title == "Doubling"


def test_an_installed_course_is_opened_by_its_name_without_running_its_package(site: Path) -> None:
    opened = open_course("doubling")
    assert opened.root == site / "lessons" / "doubling"
    assert opened.spec == "doubling"
    assert "lessons" not in sys.modules


def test_a_module_beside_the_two_folders_registers_a_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_course: WriteCourse
) -> None:
    site = tmp_path / "site"
    write_course(folder=site)
    (site / "doubling_course.py").write_text("raise RuntimeError('imported')\n", "utf-8")
    install(site, "doubling-course", "twice = doubling_course:course [extra]")
    monkeypatch.syspath_prepend(str(site))
    assert open_course("twice").root == site


def test_a_registered_name_wins_over_a_folder_of_the_working_folder(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_course: WriteCourse
) -> None:
    write_course(folder=tmp_path / "here" / "doubling")
    monkeypatch.chdir(tmp_path / "here")
    assert open_course("doubling").root == site / "lessons" / "doubling"
    assert open_course("./doubling").root == Path("doubling")
    assert open_course(Path("doubling")).root == Path("doubling")


def test_an_unknown_name_lists_the_known_ones(site: Path) -> None:
    assert site.is_dir()
    assert "no course trebling, installed or as a folder: installed are: doubling" in refused("trebling")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert f"there is no folder {tmp_path / 'nothing'}" in refused(tmp_path / "nothing")
    assert "there is no folder a/b" in refused("a/b")


def test_a_file_is_no_course(write_course: WriteCourse) -> None:
    assert "there is no folder" in refused(write_course() / "exercises" / "course.toml")


def test_a_registered_course_whose_folder_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "gone", "gone = no_such_package.course")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "the installed course gone has no exercises/ beside no_such_package.course" in refused("gone")
    installed_course_folders()


def test_a_name_that_two_packages_register_is_refused(site: Path, write_course: WriteCourse) -> None:
    write_course(folder=site / "others")
    (site / "others" / "__init__.py").touch()
    install(site, "others", "doubling = others")
    assert "two packages register a course doubling" in refused("doubling")


def test_the_folders_of_every_installed_course_are_known(course: Course, site: Path) -> None:
    mine = site / "lessons" / "doubling"
    expected = {root / name for root in (course.root, mine) for name in ("exercises", "graders")}
    assert set(installed_course_folders()) == {folder.resolve() for folder in expected}


def test_finding_the_folders_imports_little(site: Path) -> None:
    code = "import sys; from autograd_grader.course import installed_course_folders as f; print(len(f()), *sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    count, *modules = done.stdout.split()
    assert count == "4"
    assert not {"pydantic", "importlib.metadata", "lessons", "pytest", "torch"} & set(modules)


def test_the_command_takes_a_name(site: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PYTHONPATH": str(site)}
        whole: Any = [COMMAND, *arguments]
        return subprocess.run(whole, capture_output=True, text=True, check=False, env=environment, timeout=60)

    assert run("course", "diagnoses", "doubling").stdout.startswith("# Diagnoses")
    assert run("course", "diagnoses", "--course", "doubling").returncode == 0
    assert "installed are: doubling" in run("course", "diagnoses", "trebling").stderr
    assert "the course is named twice" in run("course", "diagnoses", "doubling", "--course", "doubling").stderr
    assert "it is empty" in run("course", "diagnoses", "--course", "").stderr
