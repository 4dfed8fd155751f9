"""A proxy for torch's autograd engine: every backward pass goes through it, is recorded, and may be bent.

A bent call seeds every `backward` and `grad` with a drawn factor instead of 1. A gradient that is autograd's is scaled
by the factor; one that was worked out by a formula is not.
"""

from __future__ import annotations

from typing import Any

from torch.autograd import forward_ad
from torch.autograd.variable import Variable
from torch.optim.optimizer import register_optimizer_step_post_hook

from autograd_grader.observe.child.record.recorder import Recorder
from autograd_grader.observe.child.record.snapshot import type_name

_make_dual: Any = forward_ad.make_dual


class BendingEngine:
    """torch's engine with a factor on every seed, and a recorder of every backward pass."""

    def __init__(self, real: Any) -> None:
        """Wrap torch's own engine."""
        self._real = real
        self.factor = 1.0
        self.recorder: Recorder | None = None

    def run_backward(self, roots: Any, seeds: Any, *args: Any, **kwargs: Any) -> Any:
        """Make a backward pass from `roots`; the arguments are those of torch's engine."""
        recorder = self.recorder if self.recorder is not None and not self.recorder.cut else None
        event = None
        if recorder is not None:
            accumulates = bool(kwargs.get("accumulate_grad"))
            event = recorder.begin_backward(roots, accumulates=accumulates, scaled=_is_scaled(seeds))
        if self.factor != 1.0:
            seeds = tuple(seed if seed is None else seed * self.factor for seed in seeds)
        try:
            result = self._real.run_backward(roots, seeds, *args, **kwargs)
        except Exception as error:
            if event is not None:
                event["error"] = type(error).__name__
            raise
        if event is not None and recorder is not None:
            recorder.end_backward(event, result)
        return result

    def make_dual(self, tensor: Any, tangent: Any, **kwargs: Any) -> Any:
        """Start a forward-mode derivative, its tangent scaled as a seed is."""
        if self.recorder is not None:
            self.recorder.forward()
        return _make_dual(tensor, tangent * self.factor if self.factor != 1.0 else tangent, **kwargs)

    def stepped(self, optimizer: object, *_: object) -> None:
        """Record an optimizer's step."""
        if self.recorder is not None:
            self.recorder.stepped(type_name(optimizer))

    def __getattr__(self, name: str) -> Any:
        """Any other attribute of torch's engine."""
        return getattr(self._real, name)


def _is_scaled(seeds: Any) -> bool:
    return any(seed is not None and not _is_one(seed) for seed in seeds)


def _is_one(seed: Any) -> bool:
    try:
        return bool(seed.numel() == 1 and seed.item() == 1.0)
    except RuntimeError:  # a seed inside `torch.func` or `vmap` has no number of its own
        return True


def install() -> BendingEngine:
    """Put the proxy in torch's place for the rest of this process."""
    engine = BendingEngine(Variable._execution_engine)
    Variable._execution_engine = engine  # type: ignore[assignment]
    forward_ad.make_dual = engine.make_dual
    register_optimizer_step_post_hook(engine.stepped)
    return engine
