"""What a batch leaves so that the next one can go on from it: keys, observations, and the folder they lie in."""

from __future__ import annotations

from autograd_grader.batch.cache_key import CacheKeyParts, Key
from autograd_grader.batch.changes import Change, change_of
from autograd_grader.batch.folder import claimed, try_out
from autograd_grader.batch.plan import BatchPlan, plan_batch
from autograd_grader.batch.stored import StoredObservation, read_observation, write_graded

__all__ = [
    "BatchPlan",
    "CacheKeyParts",
    "Change",
    "Key",
    "StoredObservation",
    "change_of",
    "claimed",
    "plan_batch",
    "read_observation",
    "try_out",
    "write_graded",
]
