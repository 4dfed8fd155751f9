"""Ways to put a few lines of student code through the seam."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits

from .seam import Seam

if TYPE_CHECKING:
    from autograd_grader.observe.host.worker import Worker


@pytest.fixture
def seam(warm: Worker) -> Seam:
    """A seam whose calls may take a second."""
    return Seam(SandboxObserver(warm, Limits(call=1.0)))


@pytest.fixture
def patient(warm: Worker) -> Seam:
    """A seam for calls that do much work and must end by themselves."""
    return Seam(SandboxObserver(warm, Limits(call=8.0)))
