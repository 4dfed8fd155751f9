"""Layer: a process of its own, started with an empty environment and no descriptors but its streams and one pipe."""

from __future__ import annotations

import os
from collections.abc import Iterator

from autograd_grader.observe.child.confine.layer import Layer, Probe, Trial, refuse

_KNOWN_VARIABLES = {"LC_CTYPE", "TORCHINDUCTOR_CACHE_DIR"}  # Python and the worker set them
_DESCRIPTORS = 5
"""Standard input, output and error, the copy that output is read back through, and the pipe to the grader."""


class Process(Layer):
    """Another process, from which only data comes; the operating system provides it everywhere."""

    name = "process"
    title = "another process, data only"
    advice = "please report this: it should hold everywhere"

    def trials(self, probe: Probe) -> Iterator[Trial]:  # noqa: ARG002 - as declared
        """Look for what was inherited."""
        yield Trial("find an environment variable", _find_variable)
        yield Trial("find an open descriptor", _find_descriptor)


def _find_variable() -> None:
    if set(os.environ) <= _KNOWN_VARIABLES:
        refuse()


def _find_descriptor() -> None:
    found = 0
    for number in range(1024):
        try:
            os.fstat(number)
        except OSError:
            continue
        found += 1
    if found <= _DESCRIPTORS:
        refuse()
