"""Finds names that refer to another object than before, without touching the objects.

To read a reference is to write to its object, since Python counts references. In a forked child the first write to a
page copies it, and the objects of torch's names lie on thousands of pages: some ten milliseconds for every child. So a
dictionary's own memory is compared, where CPython keeps a few pointers for each name, in insertion order. Where that
layout is not the one known here (`PyDictObject` and `PyDictKeysObject` in CPython's sources), each name is compared.
"""

from __future__ import annotations

import ctypes
import functools
import gc
import struct
import sys
from collections.abc import Mapping
from typing import Any

_VERSIONS = ((3, 11), (3, 12), (3, 13), (3, 14))
_DICT = struct.Struct("32x P P")
"""`PyDictObject`: where its keys lie, and where its values do if not beside them."""
_KEYS = struct.Struct("8x x B B 5x 8x n")
"""`PyDictKeysObject`: the logarithm of the bytes of indices after it, the kind of table, the number of entries."""
_POINTERS = {0: 3, 1: 2}
"""For each name, by the kind of table: hash, key and value; where all keys are texts, key and value."""
# Bound here: what ctypes offers by name uses names that student code may replace.
_read = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.c_ssize_t)(
    ("PyBytes_FromStringAndSize", ctypes.pythonapi)
)
_pointer_bytes = struct.calcsize("P")


class Names:
    """The names in one namespace, and the objects that they referred to."""

    def __init__(self, space: Mapping[str, Any]) -> None:
        """Remember the names of a module or a class by its `vars`, or of any dictionary."""
        # A class shows its dictionary through a proxy.
        self._grows = isinstance(space, dict)
        self._now: dict[str, Any] = space if isinstance(space, dict) else gc.get_referents(space)[0]
        # Kept alive, so that no other object can be allocated at the address of one of these.
        self._before = dict(self._now)
        self._entries = entries(self._now) if is_layout_known() else b""

    def changed(self) -> dict[str, Any]:
        """The names that refer to another object now, with that object, or to none.

        New names count in a class alone: modules get new ones by themselves.
        """
        now, entries_now = self._now, entries(self._now) if self._entries else b""
        if self._entries and (entries_now.startswith(self._entries) if self._grows else entries_now == self._entries):
            return {}
        changed = [name for name, value in self._before.items() if now.get(name) is not value]
        if not self._grows:
            changed += [name for name in now if name not in self._before]
        return {name: now.get(name) for name in changed}


def entries(space: dict[str, Any]) -> bytes:
    """A dictionary's pointers as they lie in memory; empty where its values are kept elsewhere."""
    keys, values = _DICT.unpack(_read(id(space), _DICT.size))
    if values:
        return b""
    log2_index_bytes, kind, count = _KEYS.unpack(_read(keys, _KEYS.size))
    begin = keys + _KEYS.size + (1 << log2_index_bytes)
    found: bytes = _read(begin, count * _POINTERS.get(kind, 0) * _pointer_bytes)
    return found


@functools.cache
def is_layout_known() -> bool:
    """Whether dictionaries lie in memory as `entries` reads them: tested, where the version is a known one."""
    if sys.implementation.name != "cpython" or sys.version_info[:2] not in _VERSIONS or sys.maxsize < 1 << 32:
        return False
    # Of few names, and of so many that the indices before them take two bytes each.
    return all(_is_read_right({f"name {n}": object() for n in range(count)}) for count in (3, 300))


def _is_read_right(space: dict[Any, object]) -> bool:
    def pairs() -> bytes:
        return struct.pack(f"{2 * len(space)}P", *(address for item in space.items() for address in map(id, item)))

    before = pairs()
    right = entries(space) == before
    space["name 1"] = object()
    right = right and entries(space) == pairs() != before
    space[0] = object()  # a key that is no text: from now on each has its hash beside it
    hashed = (address for key, value in space.items() for address in (hash(key), id(key), id(value)))
    return right and entries(space) == struct.pack("nPP" * len(space), *hashed)
