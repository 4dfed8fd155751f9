"""Measures the design's table of figures in one run, and keeps them as JSON in `results/`.

    python benchmarks/run.py [--count 200] [--many 10000]

Everything is measured side by side on one machine, so that the ratios hold on others. A machine that does other work
at the same time makes all of it slower; the load before and after stands in the results. Of what is done several
times the median counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from work import ENDLESS, NAIVE, mixed_class, right_answer, right_class

from autograd_grader.course import Course, open_course

GRADE = Path(sys.executable).with_name("grade")
FLOOR = Path(__file__).with_name("floor.py")
MEMORY = Path(__file__).with_name("memory.py")
RESULTS = Path(__file__).with_name("results")
CORES = os.cpu_count() or 1
ROUNDS = 5
"""How often the throughput is measured, side by side with what it is compared to; the median counts."""


def timed(command: list[str | Path], cwd: Path | None = None) -> float:
    """Seconds that a command takes from start to exit."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def median(times: int, command: list[str | Path], cwd: Path | None = None) -> float:
    """The median of several runs."""
    return statistics.median(timed(command, cwd) for _ in range(times))


def batch(work: Path, out: Path, *more: str) -> float:
    """Seconds of a `grade batch`."""
    return timed([GRADE, "batch", work, "--out", out, *more])


def floor(work: Path) -> float:
    """Seconds to fork and to run the same student code in as many processes, with nothing observed or checked."""
    folders = sorted(work.iterdir())
    shares = [folders[place::CORES] for place in range(CORES)]
    running = [
        subprocess.Popen([sys.executable, FLOOR, *share], stdout=subprocess.PIPE, text=True)
        for share in shares
        if share
    ]
    return max(float(process.communicate()[0]) for process in running)


def naive_folders(course: Course, top: Path) -> list[Path]:
    """A submission for each processor, with a test file beside it that makes the course's checks."""
    folders = [right_answer(course, top / f"naive-{place}") for place in range(CORES)]
    for folder in folders:
        (folder / "test_work.py").write_text(NAIVE, "utf-8")
    return folders


def naive(folders: list[Path]) -> tuple[float, float]:
    """Seconds of a pytest process over one submission: alone, and one to each processor at a time."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]
    alone = timed(command, folders[0])
    begun = time.perf_counter()
    running = [subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) for folder in folders]
    for process in running:
        process.wait()
    return alone, (time.perf_counter() - begun) / len(folders)


def throughput(count: int, work: Path, out: Path, folders: list[Path], torch: float) -> dict[str, float]:
    """A batch, the floor and naive processes, one right after the other: the machine may be slower a minute later."""
    alone, beside = naive(folders)
    whole = batch(work, out)
    bare = floor(work)
    # What a batch takes before its first submission is the start of its processes: naive ones pay it each time.
    per = whole / count
    return {
        "naive_seconds_alone": alone,
        "naive_seconds_each": beside,
        "batch_seconds": whole,
        "batch_seconds_each": per,
        "floor_seconds_each": bare / count,
        "times_faster_than_naive": beside / per,
        "times_faster_than_naive_one_by_one": alone / per,
        "batch_to_floor_ratio": (whole - torch) / bare,
    }


def peak_memory(reports: Path, count: int) -> float:
    """The most memory, in MiB, that the main process of a batch of so many takes."""
    done = subprocess.run([sys.executable, MEMORY, reports, str(count)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def measure(arguments: argparse.Namespace, top: Path) -> dict[str, Any]:
    """All figures."""
    course = open_course(None)
    work = right_class(course, top / "class", arguments.count)
    figures: dict[str, Any] = {}
    torch = median(3, [sys.executable, "-c", "import torch"])
    one = right_answer(course, top / "student")
    own = median(3, [GRADE, one, "--out", top / "own"])
    figures |= {"import_torch_seconds": torch, "grade_seconds": own, "grade_to_import_ratio": own / torch}

    folders = naive_folders(course, top)
    rounds = [throughput(arguments.count, work, top / f"out-{number}", folders, torch) for number in range(ROUNDS)]
    figures |= {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    whole = figures["batch_seconds"]
    figures["unchanged_seconds"] = batch(work, top / "out-0")
    begun = time.perf_counter()
    subprocess.run([GRADE, "regrade", top / "out-0"], check=True, stdout=subprocess.DEVNULL)
    figures["regrade_seconds"] = time.perf_counter() - begun

    (work / "endless.py").write_text(ENDLESS, "utf-8")
    figures["endless_timeout_seconds"] = 2.0
    figures["endless_extra_seconds"] = batch(work, top / "endless", "--timeout", "2") - whole
    (work / "endless.py").unlink()
    if arguments.many:
        batch(mixed_class(course, top / "mixed", 40), top / "observed")
        few, lots = (peak_memory(top / "observed", count) for count in (100, arguments.many))
        figures |= {"memory_mib_100": few, f"memory_mib_{arguments.many}": lots, "memory_ratio": lots / few}
    return figures


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="right submissions in the batch")
    parser.add_argument("--many", type=int, default=10_000, help="submissions for the memory figure; 0 leaves it out")
    arguments = parser.parse_args()
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="autograd-grader-benchmark-") as top:
        figures = measure(arguments, Path(top))
    now = datetime.now(UTC)
    kept = {
        "when": now.isoformat(timespec="seconds"),
        "machine": {"cores": CORES, "system": platform.platform(), "python": platform.python_version()},
        "torch": metadata.version("torch"),
        "load": {"before": before, "after": os.getloadavg()[0]},
        "count": arguments.count,
        "figures": {name: round(value, 4) for name, value in figures.items()},
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%d-%H%M%S}.json"
    path.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    for name, value in kept["figures"].items():
        print(f"{name:45} {value:10.3f}")
    print(f"kept in {path}")


if __name__ == "__main__":
    main()
