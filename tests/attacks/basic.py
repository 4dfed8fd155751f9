"""Tries attacks on a machine without layer 3, `--sandbox basic`, and prints as JSON which held.

Run it as `python ../without_layer_3.py PYTHON -m attacks.basic`. Only what can't hurt the machine where it gets
through is tried: no process that lives on, no signal to others, nothing that the kernel keeps, nothing of the machine's
own settings. As an ordinary user a signal to everybody would reach that user's other programs; as root, where Python
lies in a folder of root's alone, root's.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from autograd_grader.course import open_course
from autograd_grader.observe.host import bubblewrap
from autograd_grader.observe.host.worker import Worker

from . import test_cheating, test_harm, test_spying
from .attack import Outcome, attempts, outcomes

Test = Callable[[str, dict[str, Outcome]], None]

KEPT_BY_THE_KERNEL = {
    "System V memory", "System V semaphores", "System V messages", "POSIX messages", "shared memory",
    "memory shared by Python", "a keyring",
}  # fmt: skip
HARMLESS_CALLS = (
    *("a program", "a program by posix_spawn", "a shell", "a descriptor of a process"),
    *("a descriptor that signals its parent", "its own processors", "its own priority", "real time", "root's rights"),
    *("root's group", "capabilities", "its memory laid open", "a life after its parent's"),
    *("a group of processes of its own", "a file's mode", "a file's times", "a file's attributes"),
    *("a nameless file outside", "a link out of its folder", "a hard link", "folders in folders", "a FIFO"),
    *("a file deleted", "a file renamed", "a file emptied", "a file written", "a file beside it"),
    *("io_uring", "performance counters", "page faults handled", "a namespace", "another's namespace"),
)
TOO_DANGEROUS = {"a fork bomb"}
ONE_OF_MANY = ("an endless loop", "an endless call in C")
"""What is ended by the deadline alone, whatever it does until then: two stand for all."""


def held(test: Test, name: str, seen: dict[str, Outcome]) -> bool:
    """Whether the claim that a test makes of an attack in `strict` is true here as well."""
    try:
        test(name, seen)
    except AssertionError:
        return False
    return True


def main() -> None:
    course = open_course(None)
    results: dict[str, dict[str, bool]] = {}
    bubblewrap.wrapper = list  # nor has that machine namespaces
    with Worker() as warm, test_harm.victim() as victim, tempfile.TemporaryDirectory() as private:

        def tried(group: str, sources: dict[str, str], tests: Mapping[str, Test]) -> None:
            seen = outcomes(course, warm, {name: sources[name] for name in tests})
            for outcome in seen.values():
                outcome.check_the_honest()
            results[group] = {name: held(test, name, seen) for name, test in tests.items()}

        cheats = test_cheating
        tried("cheating", cheats.SOURCES, {
            **dict.fromkeys(cheats.NOTHING, cheats.test_a_trick_earns_nothing),
            **dict.fromkeys(cheats.PART, cheats.test_a_trick_earns_nothing_for_what_it_fakes),
            **dict.fromkeys(cheats.SHOWN, cheats.test_what_reaches_inside_is_told_to_the_staff),
        })  # fmt: skip
        spies = {name: what for name, what in test_spying.SPIES.items() if name not in KEPT_BY_THE_KERNEL}
        places = test_spying.opening(course, Path(private))
        spied = dict.fromkeys(spies, test_spying.test_what_a_spy_wants_is_refused_by_the_kernel)
        tried("spying", {name: attempts({name: what}, places) for name, what in spies.items()}, spied)
        endless = {name for name, (_, ending) in test_harm.RUIN.items() if ending == "timed-out"} - set(ONE_OF_MANY)
        ruins = [name for name in test_harm.RUIN if name not in TOO_DANGEROUS | endless]
        calls = {n: attempts({n: test_harm.CALLS[n]}, test_harm.opening(victim)) for n in HARMLESS_CALLS}
        tried("harm", calls | test_harm.ruins(), {
            **dict.fromkeys(HARMLESS_CALLS, test_harm.test_the_kernel_refuses),
            **dict.fromkeys(ruins, test_harm.test_ruin_is_the_attackers_own),
        })  # fmt: skip
    print(json.dumps(results))  # noqa: T201 - the one answer


if __name__ == "__main__":
    main()
