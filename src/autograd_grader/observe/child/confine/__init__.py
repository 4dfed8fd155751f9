"""How a child is confined before it reads what a student wrote: the layers of the sandbox, prepared and applied."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from typing import Any

from autograd_grader.observe.child.confine.landlock import Landlock
from autograd_grader.observe.child.confine.layer import Layer, Preparation, Probe
from autograd_grader.observe.child.confine.limits import Limits
from autograd_grader.observe.child.confine.namespaces import Namespaces
from autograd_grader.observe.child.confine.process import Process
from autograd_grader.observe.child.confine.scratch import Scratch
from autograd_grader.observe.child.confine.seccomp import Seccomp
from autograd_grader.observe.child.confine.user import User

LAYERS: tuple[type[Layer], ...] = (Process, Namespaces, Limits, User, Landlock, Seccomp)
"""Every layer, in the order in which a child applies them: seccomp last, since it refuses what the others need."""


class ConfinementError(Exception):
    """A layer that was asked for does not hold; no student code may run here."""


class Confinement:
    """The layers of one worker's children, prepared by the worker."""

    def __init__(self, folder: str, hidden: Collection[str] = ()) -> None:
        """Make a scratch folder below `folder` and prepare the layers; the folders `hidden` will not be readable.

        Only a process of one thread may do so, such as one that has just been forked.
        """
        self.scratch = Scratch(folder)
        preparation = Preparation(self.scratch, hidden)
        self.readable = preparation.readable
        """The files and folders that may be read; the audit hook names a refusal by them."""
        self.missing = preparation.missing
        """The layers that can't be had here, each with the reason."""
        self._layers = [layer() for layer in LAYERS]
        # Backwards: rules and filter are made while the worker has the rights that it gives up to be another user.
        for layer in reversed(self._layers):
            try:
                layer.prepare(preparation)
            except Exception as error:  # noqa: BLE001 - a kernel, a package or a machine without it: the layer is missing
                self.missing[layer.name] = str(error) or type(error).__name__

    def apply(self, cpu_seconds: int, *, strict: bool) -> None:
        """Confine this child for good; raises `ConfinementError` if `strict` and a layer is missing."""
        if strict and self.missing:
            raise ConfinementError(", ".join(self.missing))
        os.chdir(self.scratch.path)
        tempfile.tempdir = self.scratch.path
        for layer in self._layers:
            if layer.name not in self.missing:
                layer.apply(cpu_seconds)


def try_layers(probe: Probe, *, first: bool) -> list[dict[str, Any]]:
    """Make the trials of the layers that are tried first, or of the others; gives what came of each as data."""
    return [
        {"layer": layer.name, "what": trial.what, "refused": trial.is_refused(layer.refusals)}
        for layer in (kind() for kind in LAYERS if kind.tried_first is first)
        for trial in layer.trials(probe)
    ]
