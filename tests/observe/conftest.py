"""Ways to put a few lines of student code through the seam."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograd_grader.observe.observer import Limits, SandboxObserver

from .seam import Seam

if TYPE_CHECKING:
    from autograd_grader.observe.process import WarmProcess


@pytest.fixture
def seam(warm: WarmProcess) -> Seam:
    """A seam whose calls may take a second."""
    return Seam(SandboxObserver(warm, Limits(call=1.0)))


@pytest.fixture
def patient(warm: WarmProcess) -> Seam:
    """A seam for calls that do much work and must end by themselves."""
    return Seam(SandboxObserver(warm, Limits(call=8.0)))
