"""How many cases a test makes, and what is odd enough to be put in the place of something honest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 25
"""How many times as many cases the profile `many` makes."""

MARKUP = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</pre></style><h1>40", "<!--")
TEXTS = (
    *MARKUP,
    "",
    " ",
    "&lt;b&gt;",
    "\n" * 50,
    "{{ 7 * 7 }}{% raw %}",
    "`</code>`",
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "\x00\x1b]0;pwned\x07\x9b31m\r",
    "a\u202eb\u2066c\ufeff",
    "[bold]rich[/bold]",
    "\U0001f600é梯",
    "../../../tmp/x.py",
    "/etc/passwd",
    "C:\\x.py",
    "x.py#3",
    "x.py#²",
    "x.py#" + "9" * 5000,
    "#",
    "1" * 5000,
    "1e400 1_000 \u22125 .5.",
    "nan",
    "x" * 9000,
    "a,b\"c'd\n\te",
)
WHOLE = (0, 1, -1, 2, 3, 64, -7, 2**31, -(2**31), 2**63, -(2**63) - 1, 10**18, 10**400, -(10**400))
REAL = (0.0, -0.0, 1.0, -1.0, 0.5, 1e-320, 1e308, -1e308, float("inf"), float("-inf"), float("nan"))


def cases(count: int) -> settings:
    """As many cases of a test, each time the same; more of them, and others, in the profile `many`."""
    return settings(max_examples=count * (1 if settings.default.derandomize else MANY))  # type: ignore[union-attr]


Place = tuple[str | int, ...]
"""Where something stands in nested JSON: keys and indices."""


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Every place in a JSON value, the outermost first."""
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*here, key))


def at(value: Any, place: Place) -> Any:
    """What stands there."""
    for key in place:
        value = value[key]
    return value


def put(value: Any, place: Place, new: Any) -> Any:
    """The same value with another one there; what has not changed is shared."""
    if not place:
        return new
    copy = value.copy()
    copy[place[0]] = put(value[place[0]], place[1:], new)
    return copy


def like(draw: st.DrawFn, old: Any) -> Any:
    """Something odd of the same JSON type, which most often is valid in the old one's place."""
    if isinstance(old, list):
        return _list_like(draw, old)
    if isinstance(old, dict):
        return {key: part for key, part in old.items() if draw(st.integers(0, 3))}
    return draw(ODD.get(type(old), any_json))


def _list_like(draw: st.DrawFn, old: list[Any]) -> list[Any]:
    odd = draw(st.sampled_from([*TEXTS, *WHOLE, *REAL]))
    many: list[Any] = [odd] * (70 if odd in {0, "", 1.0, -1} else 2)
    others: tuple[list[Any], ...] = (old + old, old[::-1], old[:1] * 70, old[1:], [], [odd], [*old, odd], many)
    return others[draw(st.integers(0, len(others) - 1))]


ODD: dict[type, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    str: st.sampled_from(TEXTS),
    int: st.sampled_from(WHOLE),
    float: st.sampled_from(REAL) | st.sampled_from(WHOLE),
}
any_json = st.recursive(
    st.none() | st.booleans() | st.sampled_from(TEXTS) | st.sampled_from(WHOLE) | st.sampled_from(REAL),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(TEXTS), inner, max_size=3),
    max_leaves=6,
)


def somewhere(draw: st.DrawFn, value: Any) -> Place:
    """A place in a JSON value: first which field, then which of that name, so that long lists do not hide the rest."""
    fields: dict[Place, list[Place]] = {}
    for place in places(value):
        fields.setdefault(tuple(key for key in place if isinstance(key, str)), []).append(place)
    return draw(st.sampled_from(draw(st.sampled_from(list(fields.values())))))


class Change(NamedTuple):
    """One odd thing in a JSON value."""

    place: Place
    new: Any

    def of(self, value: Any) -> Any:
        """The value with it."""
        return put(value, self.place, self.new)

    def __repr__(self) -> str:
        """In a line, however large it is."""
        return f"{'.'.join(map(str, self.place))} = {repr(self.new)[:80]}"


def change(draw: st.DrawFn, value: Any) -> Change:
    """An odd thing for a JSON value: like what is there, anything, what stands elsewhere, or itself in itself."""
    place = somewhere(draw, value)
    old = at(value, place)
    match draw(st.sampled_from(["like", "like", "like", "like", "any", "elsewhere", "nested"])):
        case "like":
            return Change(place, like(draw, old))
        case "any":
            return Change(place, draw(any_json))
        case "elsewhere":
            return Change(place, at(value, somewhere(draw, value)))
        case _:
            return Change(place, nested(old, draw(st.integers(1, 60))))


def nested(old: Any, depth: int) -> Any:
    """A value inside itself: by its first list or object inside, or in lists."""
    new = old
    for _ in range(depth):
        key = next((k for k in ("items", "grad") if isinstance(old, dict) and k in old), None)
        new = [new] if key is None else old | {key: [new] if key == "items" else new}
    return new
