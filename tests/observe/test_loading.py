"""How a submission's files are found, chosen and run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograd_grader.course import Course
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Cell, SourceFile, Submission
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits

from .seam import Seam, calls_of, exercise, notebook, numbers_in, source_file, texts_in

if TYPE_CHECKING:
    from autograd_grader.model.observation import Observation


def taken(seen: Observation, name: str = "f") -> str:
    """The file that a function was taken from."""
    return seen.chosen[name][0]


def one(seam: Seam, *files: SourceFile) -> Observation:
    """What came of one call of `f`, which the contract expects in `ex1.py`."""
    return seam.observe(files, exercise(*calls_of("f", ())))


def number(seen: Observation) -> float | None:
    """The number that the only call returned."""
    return next(iter(numbers_in(seen.calls[0].returned)), None)


@pytest.mark.parametrize("name", ["torch", "json", "numpy", "math", "sys", "random", "colorsys", "this", "sympy"])
def test_a_file_named_like_an_installed_module_never_takes_its_place(seam: Seam, name: str) -> None:
    theirs = source_file(f"{name}.py", "MINE = True\ndef f(): return 1.0 if 'MINE' in globals() else 2.0")
    asks = source_file("ex2.py", f"import {name}\ndef g(): return float(hasattr({name}, 'MINE'))")
    plan = exercise(*calls_of("f", ())), exercise(*calls_of("g", ()), id="ex2", file="ex2.py")
    seen = seam.observe([theirs, asks], *plan)
    assert [numbers_in(c.returned) for c in seen.calls] == [[1.0], [0.0]]


def test_own_modules_are_imported_from_the_files_own_folder_first(seam: Seam) -> None:
    files = [source_file("week2/ex1.py", "from helper import value\nimport top\ndef f(): return value + top.value"),
             source_file("week2/helper.py", "value = 1.0"), source_file("helper.py", "value = 5.0"),
             source_file("top.py", "value = 10.0")]  # fmt: skip
    assert number(one(seam, *files)) == 11.0


LEAVES = "from tools.deep.leaves import v\nimport plain.part\ndef f(): return v + plain.part.x"


def test_own_packages_are_imported_with_relative_imports_and_without_init(seam: Seam) -> None:
    files = [source_file("ex1.py", LEAVES),
             source_file("tools/__init__.py", "from .base import one"), source_file("tools/base.py", "one = 1.0"),
             source_file("tools/deep/__init__.py", ""),
             source_file("tools/deep/leaves.py", "from ..base import one\nfrom .. import one as two\nv = one + two"),
             source_file("plain/part.py", "x = 10.0")]  # fmt: skip
    assert number(one(seam, *files)) == 12.0


def test_a_helper_that_fails_names_its_own_line(seam: Seam) -> None:
    seen = one(seam, source_file("ex1.py", "import helper\ndef f(): pass"), source_file("helper.py", "x = 1\ny = nope"))
    (error,) = seen.loads[0].errors
    assert (error.type, error.file, error.line) == ("NameError", "helper.py", 2)
    assert seen.calls[0].outcome == "not-called"


def test_a_missing_package_is_an_error_of_loading(seam: Seam) -> None:
    (error,) = one(seam, source_file("ex1.py", "import pandas_plus\ndef f(): pass")).loads[0].errors
    assert (error.type, error.line) == ("ModuleNotFoundError", 1)


def test_an_exercise_may_import_another_and_fails_with_it(seam: Seam) -> None:
    good, bad = "def g(): return 2.0", "def g(): return 2.0\nraise ValueError"
    for source, outcomes in ((good, ["returned", "returned"]), (bad, ["not-called", "not-called"])):
        files = [source_file("ex1.py", "from ex2 import g\ndef f(): return g() + 1"), source_file("ex2.py", source)]
        for order in ("fg", "gf"):
            plans = {"f": exercise(*calls_of("f", ())), "g": exercise(*calls_of("g", ()), id="ex2", file="ex2.py")}
            seen = seam.observe(files, *(plans[name] for name in order))
            assert [c.outcome for c in seen.calls] == outcomes


def test_the_main_block_does_not_run(seam: Seam) -> None:
    source = "x = 1.0\nif __name__ == '__main__': x = 2.0\ndef f(): return x"
    assert number(one(seam, source_file("ex1.py", source))) == 1.0


def test_a_dataclass_with_postponed_annotations_loads(seam: Seam) -> None:
    source = """
        from __future__ import annotations
        from dataclasses import dataclass
        import torch

        @dataclass
        class Pair:
            x: torch.Tensor
            y: list[float]

        def f(): return Pair(1.0, []).x
    """
    assert number(one(seam, source_file("ex1.py", source))) == 1.0
    assert number(one(seam, notebook(source))) == 1.0
    assert number(one(seam, source_file("torch.py", source))) == 1.0


@pytest.mark.parametrize("source", [
    "def f(): return 1.0\ndef f(): return 2.0",
    "f = lambda: 2.0",
    "import functools\nf = functools.partial(float, 2)",
    "class C:\n    def __call__(self): return 2.0\nf = C()",
    "def other(): return 2.0\nf = other",
    "if True:\n    def f(): return 2.0\nelse:\n    def f(): return 1.0",
    "try:\n    import nothing_like_it\nexcept ImportError:\n    def f(): return 2.0",
    "(f, g) = (lambda: 2.0, 3)",
    "class C:\n    @staticmethod\n    def f(): return 1.0\nf = lambda: 2.0",
    "import torch\n@torch.enable_grad()\ndef f(): return 2.0",
])  # fmt: skip
def test_any_callable_counts_and_the_last_definition_wins(seam: Seam, source: str) -> None:
    assert number(one(seam, source_file("ex1.py", source))) == 2.0


@pytest.mark.parametrize("source", ["class C:\n    def f(self): pass", "def g():\n    def f(): pass", "", "g = 1"])
def test_a_method_or_an_inner_function_is_none(seam: Seam, source: str) -> None:
    seen = one(seam, source_file("ex1.py", source))
    assert seen.calls[0].outcome == "not-called"
    assert seen.chosen == {"f": ()}


def rule(path: str, value: float, modified: float = 0.0) -> SourceFile:
    """A file that defines `f`, which gives `value`."""
    return source_file(path, f"def f(): return {value}", modified)


@pytest.mark.parametrize(("files", "winner"), [
    ([rule("a/b/EX1.py", 1.0), rule("other.py", 2.0, 9.0)], "a/b/EX1.py"),
    ([rule("a/ex1.py", 1.0), rule("ex1.py", 2.0)], "ex1.py"),
    ([rule("a/one.py", 1.0, 9.0), rule("two.py", 2.0, 1.0)], "two.py"),
    ([rule("one.py", 1.0, 1.0), rule("two.py", 2.0, 9.0)], "two.py"),
    ([rule("one.py", 1.0), rule("two.py", 2.0)], "one.py"),
    ([source_file("a.py", "from b import f"), rule("b.py", 2.0)], "b.py"),
    ([source_file("ex1.py", "from b import f"), rule("b.py", 2.0)], "ex1.py"),
    ([rule("a/work.py", 1.0), notebook("def f(): return 2.0")], "work.ipynb"),
])  # fmt: skip
def test_of_two_definitions_one_is_taken_by_rule(seam: Seam, files: list[SourceFile], winner: str) -> None:
    for order in (files, files[::-1]):
        assert taken(one(seam, *order)) == winner


def test_the_definitions_passed_over_are_told(seam: Seam) -> None:
    assert one(seam, rule("ex1.py", 1.0), rule("old/ex1.py", 2.0)).chosen["f"] == ("ex1.py", "old/ex1.py")


def test_cells_run_in_order_and_one_that_raises_does_not_stop_the_later_ones(seam: Seam) -> None:
    seen = one(seam, notebook("x = 1.0", "x += 1", "x += undefined", "x += 1; 1/0; x += 100", "def f(): return x"))
    assert number(seen) == 3.0
    assert [(e.type, e.cell, e.file, e.line) for e in seen.loads[0].errors] == [
        ("NameError", 3, "work.ipynb#3", 1), ("ZeroDivisionError", 4, "work.ipynb#4", 1),
    ]  # fmt: skip


def test_a_cell_that_does_not_parse_is_noted_and_the_others_run(seam: Seam) -> None:
    seen = one(seam, notebook("x = (", "def f(): return 2.0"))
    assert number(seen) == 2.0
    assert [(e.type, e.cell) for e in seen.facts[0].errors] == [("SyntaxError", 1)]


def test_in_a_notebook_get_ipython_does_nothing(seam: Seam) -> None:
    cells = ("get_ipython().run_line_magic('matplotlib', 'inline')", "get_ipython().system('ls')",
             "files = get_ipython().getoutput('ls')", "def f(): return float(len(files))")  # fmt: skip
    seen = one(seam, notebook(*cells))
    assert number(seen) == 0.0
    assert seen.loads[0].errors == ()


def test_a_notebook_imports_the_module_of_its_own_name(seam: Seam) -> None:
    files = notebook("import work", "def f(): return work.x"), source_file("work.py", "x = 2.0")
    assert number(one(seam, *files)) == 2.0


def test_the_line_of_an_error_in_a_cell_is_counted_from_the_cells_top(seam: Seam) -> None:
    error = one(seam, notebook("x = 1", "y = 2\ndef f():\n    return z")).calls[0].error
    assert error is not None
    assert (error.file, error.line) == ("work.ipynb#2", 3)


def test_a_file_sees_no_path_of_this_machine(seam: Seam) -> None:
    seen = one(seam, source_file("a/ex1.py", "import sys\ndef f(): return [__file__, __name__, sys.argv[0]]"))
    assert seen.calls[0].returned is not None
    assert texts_in(seen.calls[0].returned) == ["a/ex1.py", "ex1", "submission"]


def test_a_submission_with_a_problem_makes_no_calls(seam: Seam) -> None:
    unread = Submission(id="nadia", origin="nadia.zip", problem="It can't be read.")
    seen = seam.observer.observe(unread, Plan(seed="0", exercises=(exercise(*calls_of("f", ())),)))
    assert (seen.calls, seen.problem) == ((), "It can't be read.")


def test_a_cell_with_no_source_is_nothing(seam: Seam) -> None:
    empty = SourceFile(path="n.ipynb", cells=()), SourceFile(path="e.py", cells=(Cell(source=""),))
    assert number(one(seam, *empty, rule("ex1.py", 1.0))) == 1.0


@pytest.mark.parametrize("name", ["torch.optim", "getattr(torch, 'op' + 'tim')"])
def test_what_torch_imports_late_can_be_used_whether_a_file_names_it_or_not(name: str) -> None:
    source = f"""
import torch
def f(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    {name}.SGD([z], lr=1.0).zero_grad()
    getattr(torch, "use_determ" + "inistic_algorithms")(False)
    return 1.0
"""
    with Worker() as fresh:
        assert numbers_in(Seam(SandboxObserver(fresh, Limits())).returned(source, 5.0)) == [1.0]


def test_only_work_that_names_it_waits_for_what_torch_imports_late(course: Course) -> None:
    with Worker() as fresh:
        seam = Seam(SandboxObserver(fresh, Limits()))
        for exercise_ in course.exercises:
            seam.call(f"{course.stub_text(exercise_)}\ndef f(): return 1.0")
        assert not fresh._server.has_lazy_modules
        seam.call("import torch\ndef f(): return torch.optim")
        assert fresh._server.has_lazy_modules
