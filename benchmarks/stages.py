"""Where the time of one submission goes: each stage, beside the least that it could cost.

    python benchmarks/stages.py [--count 64]

Prints milliseconds a submission. The child's stages are measured in forked children, prepared as a warm process
prepares them; the grader's in this process. Floors: a fork of a process that has imported torch and nothing else; the
sources compiled and run; the functions called with nothing recorded; the frames' data through `json`; as many checks
that check nothing; the same bytes written.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from work import right_class

from autograd_grader.batch import store
from autograd_grader.batch.cache_key import CacheKeyParts
from autograd_grader.batch.grading import SESSION_SIZE, tune_garbage_collector
from autograd_grader.batch.stored_observation import StoredObservation
from autograd_grader.cli.reports import reports_in
from autograd_grader.course import Course, open_course
from autograd_grader.grade import grading
from autograd_grader.grade.checks.session import run_checks
from autograd_grader.intake import find_submissions, read_submission
from autograd_grader.model.submission import Submission
from autograd_grader.observe import frames
from autograd_grader.observe.host import sandbox
from autograd_grader.observe.host.fork_server import LARGE_PAGES
from autograd_grader.observe.host.worker import Worker
from autograd_grader.report import render_report

Times = dict[str, float]
EMPTY = "from autograd_grader.grading import check\n"
EMPTY_CHECK = '@check("nothing", points=1)\ndef test_{}(evidence): pass\n'


class Clock:
    """Adds up the seconds that named stages take."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.seconds: Times = defaultdict(float)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens in the block."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - begun

    def watch(self, owner: Any, function: str, name: str) -> None:
        """Count every call of a function from now on."""
        really = getattr(owner, function)

        def counted(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                return really(*args, **kwargs)

        setattr(owner, function, counted)


def in_a_child(course: Course, submissions: Sequence[Submission]) -> Times:
    """The stages of a child: the median over the submissions. This process is its warm process."""
    import torch

    from autograd_grader.observe.child import main as child
    from autograd_grader.observe.child.confine import Confinement
    from autograd_grader.observe.child.confine.limits import address_space
    from autograd_grader.observe.child.process_state import ProcessState, own_modules
    from autograd_grader.observe.child.record import engine
    from autograd_grader.observe.child.record.call import Caller
    from autograd_grader.observe.child.warm_up import rehearse
    from autograd_grader.observe.host import fork_server_main as torch_process
    from autograd_grader.observe.host import worker_main as warm

    torch.set_num_threads(1)
    clock = Clock()
    for owner, function, name in (
        (Confinement, "close", "lock"),
        (child, "facts_of", "syntax tree"),
        (child.Child, "_load", "loading"),
        (Caller, "call", "calls and recording"),
        (ProcessState, "__init__", "comparing the process"),
        (ProcessState, "changes", "comparing the process"),
        (frames, "pack", "frames, child"),
        (frames, "write_all", "frames, child"),
    ):
        clock.watch(owner, function, name)
    bending = engine.install()
    with contextlib.redirect_stdout(None):
        rehearse(bending)
    names = torch_process._settled()
    heritage = child.Inherited(Confinement(str(Path.cwd())), names, bending, own_modules(), address_space())
    end = warm.end
    told, tell = socket.socketpair()

    def tell_and_end(code: int) -> None:
        os.write(tell.fileno(), json.dumps(clock.seconds | {"end": time.perf_counter()}).encode())
        end(code)

    warm.end = tell_and_end
    each = []
    for submission in submissions:
        request = sandbox._Work(submission, course.plan(submission), sandbox.Limits()).request()
        ours, theirs = socket.socketpair()
        unused, _ = socket.socketpair()
        clock.seconds.clear()
        begun = time.perf_counter()
        pid = warm._start_child(theirs.fileno(), unused, heritage)
        forked = time.perf_counter() - begun
        theirs.close()
        frames.write_all(ours.fileno(), frames.pack(request | {"token": "t" * 32, "strict": True}))
        while ours.recv(1 << 16):
            pass
        os.waitpid(pid, 0)
        times = json.loads(told.recv(1 << 16))
        each.append(times | {"fork and end": forked + time.perf_counter() - times.pop("end")})
    return {name: statistics.median(times[name] for times in each) for name in each[0]}


def in_the_grader(course: Course, submissions: Sequence[Submission]) -> Times:
    """The stages of the main process: the mean over the submissions."""
    clock = Clock()
    clock.watch(grading, "run_checks", "checks, by pytest")
    clock.watch(sandbox, "_parsed", "frames, grader")
    clock.watch(store, "write_whole", "writing")
    with Worker() as process:
        watching = sandbox.SandboxObserver(process, sandbox.Limits())
        observations = [watching.observe(submission, course.plan(submission)) for submission in submissions]
    terms = CacheKeyParts.of(course)
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(observations), SESSION_SIZE):
            chunk = observations[start : start + SESSION_SIZE]
            with clock.stage("diagnoses, results"):
                results = grading.grade(course, chunk)
            for submission, observation, result in zip(submissions[start:], chunk, results, strict=False):
                with clock.stage("key and packing"):
                    StoredObservation(key=terms.key(submission, observation.plan), observation=observation).packed()
                with clock.stage("rendering"):
                    reports_in(Path(folder)).write_own(result)
    seconds = dict(clock.seconds)
    seconds["diagnoses, results"] -= seconds["checks, by pytest"]  # which is a part of it, as here:
    seconds["rendering"] -= seconds["writing"]
    return {name: value / len(submissions) for name, value in seconds.items()}


def floors(course: Course, submissions: Sequence[Submission]) -> Times:
    """The least that some of the stages could cost."""
    submission = submissions[0]
    sources = [(file.path, cell.source) for file in submission.files for cell in file.cells]
    spaces: list[dict[str, Any]] = [{} for _ in sources]

    def load() -> None:
        for (path, source), space in zip(sources, spaces, strict=True):
            exec(compile(source, path, "exec"), space)  # noqa: S102 - the course's own right answers

    found = {"loading": least(load)}
    functions = {name: value for space in spaces for name, value in space.items()}
    calls = [(functions[call.function], call.args) for e in course.plan(submission).exercises for call in e.calls]

    def make_calls() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            for function, arguments in calls:
                function(*arguments)

    found["calls and recording"] = least(make_calls)
    with Worker() as process:
        observation = sandbox.SandboxObserver(process, sandbox.Limits()).observe(submission, course.plan(submission))
    text = observation.model_dump_json()
    data = json.loads(text)
    found |= {"frames, child": least(lambda: json.dumps(data)), "frames, grader": least(lambda: json.loads(text))}
    (result,) = grading.grade(course, [observation])
    checks = sum(len(exercise.checks) for exercise in result.exercises)
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "test_empty.py")
        empty.write_text(EMPTY + "".join(map(EMPTY_CHECK.format, range(checks))))
        seen: Any = list(grading.exercises_of(course, observation).values())[:1] * SESSION_SIZE
        found["checks, by pytest"] = least(lambda: run_checks([empty], {empty.name: seen}), 5) / SESSION_SIZE
        pages = [render_report(result).encode(), result.model_dump_json().encode()]
        found["writing"] = least(lambda: [Path(folder, f"{n}").write_bytes(page) for n, page in enumerate(pages)])
    found["fork and end"] = least(fork)
    return found


def fork() -> None:
    """Fork this process, which has imported torch, and wait for the end of the child."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def least(function: Callable[[], object], times: int = 30) -> float:
    """The median of the seconds that something takes."""
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def in_a_process(measure: str, count: int) -> Times:
    """One of the measurements, in a process of its own, with the memory that it has in a batch."""
    environment = os.environ | (LARGE_PAGES if measure == "in_a_child" else {})
    command = [sys.executable, __file__, "--count", str(count), "--measure", measure]
    times: Times = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    return times


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=64, help="right submissions")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    course = open_course(None)
    if arguments.measure is None:
        stages = in_a_process("in_a_child", arguments.count) | in_a_process("in_the_grader", arguments.count)
        least_of = in_a_process("floors", arguments.count)
        print("| stage | ms | floor, ms |\n| --- | --- | --- |")
        for name, seconds in stages.items():
            floor = f"{least_of[name] * 1000:.2f}" if name in least_of else ""
            print(f"| {name} | {seconds * 1000:.2f} | {floor} |")
        print(f"| all | {sum(stages.values()) * 1000:.2f} | |")
        return
    with tempfile.TemporaryDirectory() as top:
        found = find_submissions(right_class(course, Path(top, "class"), arguments.count).resolve())
        submissions = [read_submission(one.path, id=one.id, origin=one.origin) for one in found]
        Path(top, "work").mkdir()
        os.chdir(Path(top, "work"))
        tune_garbage_collector()
        measures = {"in_a_child": in_a_child, "in_the_grader": in_the_grader, "floors": floors}
        times = measures[arguments.measure](course, submissions)
        print(json.dumps(times))
        sys.stdout.flush()
        os._exit(0)  # the warm process that this one became may not tidy up


if __name__ == "__main__":
    main()
