"""What a batch leaves so that the next one can go on from it: keys, observations, and the folder they lie in."""

from __future__ import annotations

from autograd_grader.kept.changes import Change, change_of
from autograd_grader.kept.files import Kept, read_kept, write_graded
from autograd_grader.kept.folder import claimed, try_out
from autograd_grader.kept.key import Key, Terms
from autograd_grader.kept.stock import Stock, take_stock

__all__ = [
    "Change",
    "Kept",
    "Key",
    "Stock",
    "Terms",
    "change_of",
    "claimed",
    "read_kept",
    "take_stock",
    "try_out",
    "write_graded",
]
