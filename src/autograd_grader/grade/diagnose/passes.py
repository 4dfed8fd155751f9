"""Rules for functions that record a pair of gradients a pass: exercise 3."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import TENSOR, Case, Finding, backwards, made, rule, walks
from autograd_grader.grade.evidence import CallEvidence
from autograd_grader.grade.evidence.numbers import close, number_in, pairs_in, show
from autograd_grader.model.observation import Event, Value

ZERO = TENSOR + "zero_.html"


class Record:
    """The numbers that one call recorded, against the right ones."""

    def __init__(self, case: Case, call: CallEvidence, pairs: list[tuple[Value, Value]]) -> None:
        self.call = call
        self.pairs = pairs
        self.numbers = [tuple(number_in(v) for v in pair) for pair in pairs]
        self.once = case.gradient(call)
        self.passes = int(call.args[len(case.subject.leaves)])

    def is_times(self, column: int, factors: list[int]) -> bool:
        """Whether a column holds these multiples of the gradient."""
        once, tolerance = self.once[column], self.call.tolerance
        column_numbers = [row[column] for row in self.numbers]
        return len(factors) == len(column_numbers) and all(
            close(n, once * k, tolerance) for n, k in zip(column_numbers, factors, strict=True)
        )

    def all_times(self, factors: list[int]) -> bool:
        """Whether every column holds these multiples of its gradient."""
        return bool(self.pairs) and all(self.is_times(c, factors) for c in range(len(self.once)))

    @property
    def same(self) -> bool:
        """Whether every pass holds the gradient once."""
        return self.all_times([1] * len(self.pairs))

    @property
    def growing(self) -> bool:
        """Whether pass k holds k times the gradient."""
        return self.all_times(list(range(1, len(self.pairs) + 1)))

    @property
    def shared(self) -> bool:
        """Whether two passes recorded the same memory, so that one change shows in both."""
        for column in zip(*self.pairs, strict=True):
            memory = [v.memory for v in column if v.memory is not None]
            if len(memory) > 1 and len(set(memory)) < len(memory):
                return True
        return False


def records(case: Case) -> list[Record]:
    """What the calls that returned pairs recorded."""
    if case.subject.form != "passes":
        return []
    found = [(call, pairs_in(call.returned)) for call in case.done]
    return [Record(case, call, pairs) for call, pairs in found if pairs is not None]


def is_right(case: Case, record: Record) -> bool:
    """Whether a record holds the numbers asked for."""
    numbers = record.same if case.subject.zeroes else record.growing
    return numbers and len(record.pairs) == record.passes


def filled_leaves(call: CallEvidence) -> set[int]:
    """The leaves whose `.grad` a backward filled or added to."""
    return {leaf for e in backwards(call) for leaf, _, _ in e.changes if leaf in e.leaves}


def _first_wrong(case: Case) -> Record | None:
    return next((r for r in records(case) if not is_right(case, r)), None)


@rule(
    "hard-coded",
    "Right for the article's numbers alone",
    "Call your function with other numbers and follow it line by line: where do the arguments stop mattering?",
)
def written_out(case: Case) -> Finding | None:
    found = records(case)
    if not found or found[0].call is not case.article or not is_right(case, found[0]):
        return None
    for record in found[1:]:
        copied = record.numbers == found[0].numbers
        if record.call is not case.again and not is_right(case, record) and (copied or not walks(record.call)):
            return case.here(
                f"`{case.article.text}` comes out right, `{record.call.text}` recorded {_row(record, 0)} in its first"
                f" pass, where {_right(record)} is right.",
                "13.0",
                "13",
                "25.5",
            )
    return None


def _row(record: Record, index: int) -> str:
    return f"({', '.join(show(n) for n in record.numbers[index])})" if record.numbers else "nothing"


def _right(record: Record, times: int = 1) -> str:
    return f"({', '.join(show(g * times) for g in record.once)})"


@rule(
    "ignores-passes",
    "Another number of passes than asked for",
    "Let the loop run over `range(passes)`, and record once each time.",
)
def ignores_passes(case: Case) -> Finding | None:
    for record in records(case):
        if len(record.pairs) != record.passes:
            pairs = "1 pair" if len(record.pairs) == 1 else f"{len(record.pairs)} pairs"
            return case.here(
                f"`{record.call.text}` recorded {pairs}; {record.passes} were asked for.", "range", "passes"
            )
        times = len(backwards(record.call))
        if is_right(case, record) and 0 < times < record.passes:
            return case.here(
                f"`{record.call.text}` called backward {times} time{'s' * (times > 1)} and wrote down {record.passes}"
                " pairs: each pass is to compute `f` and call backward itself.",
                "backward",
                "passes",
            )
    return None


@rule(
    "wrong-input",
    "The leaves moved",
    "Here the leaves stay where they are: nothing steps, and nothing but `.grad` is zeroed.",
)
def leaves_moved(case: Case) -> Finding | None:
    for record in records(case):
        numbers = record.call.args[: len(record.once)]
        held = {n: number_in(leaf) for n, leaf in enumerate(record.call.observed.leaves)}
        moved = [
            held[n]
            for n in filled_leaves(record.call)
            if n in held and not any(close(held[n], a, record.call.tolerance) for a in numbers)
        ]
        if moved and record.numbers and _first_is_right(record):
            step = next(
                (
                    e
                    for e in record.call.observed.events
                    if e.kind == "step" or (e.name.endswith("_") and set(e.leaves) & filled_leaves(record.call))
                ),
                None,
            )
            where = f"line {step.line} changes them" if step else "something changes them"
            return Finding.at(
                step,
                f"In `{record.call.text}` the leaves do not keep x0 and y0: {where}, and one ends at {show(moved[0])}.",
            )
    return None


@rule(
    "swapped-returns",
    "The right values in the wrong order",
    "Each pair is (x_grad, y_grad): compare the order in yours.",
)
def swapped_pairs(case: Case) -> Finding | None:
    record = _first_wrong(case)
    if record is None:
        return None
    record.numbers = [row[::-1] for row in record.numbers]
    swapped = is_right(case, record)
    return (
        case.here(
            f"The pairs that `{record.call.text}` returned hold the gradient of y first and that of x second.",
            "append",
            "return",
        )
        if swapped
        else None
    )


@rule(
    "aliased-grad",
    "The list holds .grad itself, not copies",
    "`.grad` is one tensor that every pass changes in place. How do you write down what it holds *now*, so that later"
    " passes leave it alone?",
    TENSOR + "clone.html",
)
def aliased(case: Case) -> Finding | None:
    record = _first_wrong(case)
    if record is None or len(record.pairs) < 2 or not (record.shared or _copied_at_the_end(record)):
        return None
    last = _row(record, -1)
    return case.here(
        f"{'Both' if len(record.pairs) == 2 else f'All {len(record.pairs)}'} entries of `{record.call.text}` are one"
        f" and the same tensor, so all show what it held at the end: {last}.",
        "append",
        "grad",
    )


def _copied_at_the_end(record: Record) -> bool:
    """Whether all passes show the last state, and the gradients were turned into numbers only after the last pass."""
    if any(row != record.numbers[0] for row in record.numbers):
        return False
    events = record.call.observed.events
    grads = {e.output for e in events if e.kind == "grad-read" and e.output is not None}
    copies = [i for i, e in enumerate(events) if e.kind in ("item", "op", "detach", "numpy") and grads & set(e.tensors)]
    copies = [i for i in copies if not events[i].name.endswith("_")]
    last = max((i for i, e in enumerate(events) if e.kind == "backward"), default=None)
    return last is not None and bool(copies) and min(copies) > last


@rule(
    "zeroed-too-early",
    "Zeroed before it was recorded",
    "Within a pass, which comes first: writing the gradient down, or wiping it?",
    ZERO,
)
def zeroed_too_early(case: Case) -> Finding | None:
    record = _first_wrong(case)
    if record is None or not any(n == 0.0 for row in record.numbers for n in row):
        return None
    zeroing = zeroing_in(record.call)
    where = f"line {zeroing.line} had already zeroed it" if zeroing else "it had already been zeroed"
    return Finding.at(
        zeroing,
        f"`{record.call.text}` recorded {_row(record, 0)} in its first pass: when the gradient was written down,"
        f" {where}.",
    )


def zeroing_in(call: CallEvidence) -> Event | None:
    """The first event that zeroed or dropped a gradient."""
    return next(
        (e for e in call.observed.events if any(kind in ("zeroed", "dropped") for _, kind, _ in e.changes)), None
    )


@rule(
    "zeroed-one-only", "One of the two was not zeroed", "There are two leaves, and each has a `.grad` of its own.", ZERO
)
def zeroed_one_only(case: Case) -> Finding | None:
    if not case.subject.zeroes:
        return None
    for record in records(case):
        if len(record.pairs) < 2 or record.same:
            continue
        clean = [record.is_times(c, [1] * len(record.pairs)) for c in range(len(record.once))]
        if _first_is_right(record) and any(clean) and not all(clean):
            other = case.subject.leaves[clean.index(False)]
            return case.here(
                f"In `{record.call.text}` {other}.grad still held the earlier passes: pass 2 recorded"
                f" {_row(record, 1)}, where {_right(record)} is right.",
                "zero_",
                "grad",
            )
    return None


@rule(
    "accumulated",
    "The gradient of an earlier pass was still there",
    "`backward` adds to `.grad`. What has to happen to it between one pass and the next?",
    ZERO,
)
def accumulated(case: Case) -> Finding | None:
    if not case.subject.zeroes:
        return None
    for record in records(case):
        if (
            len(record.pairs) < 2
            or record.same
            or not all(
                record.is_times(c, [1] * len(record.pairs)) or _first_is_right(record) for c in range(len(record.once))
            )
        ):
            continue
        again = next((e for e in backwards(record.call) if any(kind == "changed" for _, kind, _ in e.changes)), None)
        root = made(record.call, again.tensors[0]) if again is not None and again.tensors else None
        if root is not None and not close(root.value, case.value(record.call), record.call.tolerance):
            continue  # it is not f that was walked
        if again is None:
            continue
        return Finding.at(
            again,
            f"Pass 2 of `{record.call.text}` recorded x.grad = {show(record.numbers[1][0])}, where"
            f" {show(record.once[0])} is right: the first pass's gradient was still there when line {again.line} called"
            " backward.",
        )
    return None


def _first_is_right(record: Record) -> bool:
    return all(close(n, g, record.call.tolerance) for n, g in zip(record.numbers[0], record.once, strict=True))


@rule(
    "not-accumulating",
    "Nothing accumulates",
    "Here nothing is to be zeroed or made anew: one pair of leaves, made before the loop, and `backward` in each pass.",
    ZERO,
)
def not_accumulating(case: Case) -> Finding | None:
    if case.subject.form != "passes" or case.subject.zeroes:
        return None
    for record in records(case):
        if record.passes < 2 or not record.pairs:
            continue
        leaves = filled_leaves(record.call)
        filled_by_backward = bool(leaves)
        if record.same or (_first_is_right(record) and not record.growing and zeroing_in(record.call)):
            zeroing = zeroing_in(record.call)
            why = (
                f"line {zeroing.line} cleared `.grad`"
                if zeroing
                else "each pass began with leaves of its own"
                if len(leaves) > 2
                else "`.grad` never held a sum"
            )
            return Finding.at(
                zeroing or next(iter(backwards(record.call)), None),
                f"Every pass of `{record.call.text}` recorded {_row(record, 0)}: {why}.",
            )
        if record.growing and (len(leaves) > 2 or (not filled_by_backward and walks(record.call))):
            why = "new leaves in each pass" if leaves else "gradients that `autograd.grad` handed back"
            return Finding.at(
                walks(record.call)[-1],
                f"The numbers of `{record.call.text}` grow, but as sums of your own over {why}: `.grad` itself did not"
                " accumulate.",
            )
    return None


@rule(
    "fresh-leaves",
    "New leaves in each pass",
    "With new leaves there is nothing to zero. Make the pair once, before the loop, as a training loop keeps its"
    " weights.",
    ZERO,
)
def fresh_leaves(case: Case) -> Finding | None:
    if case.subject.form != "passes" or not case.subject.zeroes:
        return None
    for record in records(case):
        leaves = filled_leaves(record.call)
        if record.same and record.passes > 1 and len(leaves) > 2:
            second = [e for e in backwards(record.call) if set(e.leaves) & leaves]
            return Finding.at(
                second[-1] if second else None,
                f"`{record.call.text}` called `backward` on {len(leaves)} different leaves in {record.passes} passes:"
                " each pass began with new ones, so nothing had to be zeroed.",
            )
    return None


@rule(
    "never-called-backward",
    "backward was never called",
    "`torch.autograd.grad` hands a gradient back and leaves `.grad` alone, so there is nothing to zero. This exercise"
    " is about what `backward()` leaves in `.grad`.",
    TENSOR + "backward.html",
)
def grad_instead_of_backward(case: Case) -> Finding | None:
    for record in records(case):
        if is_right(case, record) and not filled_leaves(record.call) and record.call.events("grad"):
            event = record.call.events("grad")[0]
            return Finding.at(
                event,
                f"Line {event.line} asks for the gradient with `torch.autograd.grad`; no `backward` ever filled"
                " `.grad`.",
            )
    return None


@rule(
    "accumulated",
    "The gradient of an earlier pass was still there",
    "The numbers come out alike, but `.grad` itself is to start each pass clean.",
    ZERO,
)
def divided(case: Case) -> Finding | None:
    if not case.subject.zeroes:
        return None
    for record in records(case):
        changed = [e for e in backwards(record.call) if any(kind == "changed" for _, kind, _ in e.changes)]
        sums = [
            e
            for e in changed
            if not any(close(v, g, record.call.tolerance) for _, _, v in e.changes for g in record.once)
        ]
        if record.same and sums and not zeroing_in(record.call):
            held = next(v for _, _, v in sums[0].changes)
            return Finding.at(
                sums[0],
                f"In `{record.call.text}` `.grad` held {show(held)} after line {sums[0].line}: the earlier passes were"
                " never zeroed, only worked out of the numbers.",
            )
    return None
