"""An observation as a batch stores it, to be graded again from."""

from __future__ import annotations

import gzip
import zlib
from typing import Literal

from pydantic import ConfigDict

from autograd_grader.batch.cache_key import CacheKey
from autograd_grader.model.base import Record
from autograd_grader.model.observation import Observation

LARGEST = 256 << 20
"""Bytes of an unpacked observation: more than the frames of one submission can come to."""
_LEVEL = 6


class StoredObservation(Record):
    """An observation, and the cache key of the result that was first made of it."""

    model_config = ConfigDict(ser_json_inf_nan="constants")

    schema_version: Literal[1] = 1
    """The version of this layout."""
    key: CacheKey
    observation: Observation

    def packed(self) -> bytes:
        """The bytes of the file: the same for the same data, since they hold no time and no file's name."""
        return gzip.compress(self.model_dump_json(exclude_defaults=True).encode(), _LEVEL, mtime=0)

    @classmethod
    def unpacked(cls, data: bytes) -> StoredObservation:
        """Read such bytes; raises `ValueError` for any others."""
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            text = unpacker.decompress(data, LARGEST)
        except zlib.error as error:
            raise ValueError(str(error)) from error
        if not unpacker.eof:
            message = "it is cut short, or larger than any observation"
            raise ValueError(message)
        return cls.model_validate_json(text)
