"""The words of backward passes, and of what they leave in `.grad` from one pass to the next."""

from __future__ import annotations

from autograd_grader.grade.diagnose.words.words import TENSOR, Words

WRONG_BACKWARD = Words(
    "wrong-backward",
    "backward was called on something else",
    "Call `backward()` with empty brackets, on the tensor that you return as `{f}`.",
    TENSOR + "backward.html",
)
WRONG_BACKWARD_ARGUMENT = Words(
    "wrong-backward",
    "backward was called with an argument, or on something else",
    "Call `backward()` with empty brackets, on `{f}`.",
    TENSOR + "backward.html",
    variant="argument",
)
WRONG_BACKWARD_ROOT = Words(
    "wrong-backward",
    "backward was called on another tensor",
    "Call `backward()` on `{f}` alone, and as often as the exercise asks.",
    TENSOR + "backward.html",
    variant="root",
)
BY_HAND_ONLY = Words(
    "by-hand-only",
    "The gradient is a formula's, not autograd's",
    "Your formula may well be right. Here the point is to let `backward()` find the gradient.",
    TENSOR + "backward.html",
)
BY_HAND_ONLY_LEAVES = Words(
    "by-hand-only",
    "The gradient is a formula's, not autograd's",
    "Your formula may well be right. Here the point is to let `{f}.backward()` find it.",
    TENSOR + "backward.html",
    variant="leaves",
)
NOT_BY_HAND = Words(
    "not-by-hand",
    "Your own derivative comes from autograd",
    "Work the derivative out with pencil and paper, and write the result as ordinary arithmetic with the argument.",
)
ACCUMULATED = Words(
    "accumulated",
    "An earlier gradient was still there",
    "`backward` adds to what is in `.grad`. How often does it run for this leaf, and what was there before?",
    TENSOR + "zero_.html",
)
ACCUMULATED_RECORDED = Words(
    "accumulated",
    "An earlier gradient was still there",
    "`backward` adds to `.grad`. How often does it run before the gradient is recorded, and what was there before?",
    TENSOR + "zero_.html",
    variant="recorded",
)
ACCUMULATED_CALLS = Words(
    "accumulated",
    "A second call still sees the first",
    "Make the leaves inside the function, so that every call starts with an empty `.grad`.",
    TENSOR + "zero_.html",
    variant="calls",
)
ACCUMULATED_PASSES = Words(
    "accumulated",
    "The gradient of an earlier pass was still there",
    "`backward` adds to `.grad`. What has to happen to it between one pass and the next?",
    TENSOR + "zero_.html",
    variant="passes",
)
ACCUMULATED_DIVIDED = Words(
    "accumulated",
    "The gradient of an earlier pass was still there",
    "The numbers come out alike, but `.grad` itself is to start each pass clean.",
    TENSOR + "zero_.html",
    variant="divided",
)
ZEROED_TOO_EARLY = Words(
    "zeroed-too-early",
    "Zeroed before it was read",
    "Which comes first: reading the gradient, or wiping it?",
    TENSOR + "zero_.html",
)
ZEROED_TOO_EARLY_LEAVES = Words(
    "zeroed-too-early",
    "The gradient is wiped at the end",
    "The gradient has to be there still when the leaf comes back.",
    TENSOR + "zero_.html",
    variant="leaves",
)
ZEROED_TOO_EARLY_PASSES = Words(
    "zeroed-too-early",
    "Zeroed before it was recorded",
    "Within a pass, which comes first: writing the gradient down, or wiping it?",
    TENSOR + "zero_.html",
    variant="passes",
)
IGNORES_PASSES = Words(
    "ignores-passes",
    "Another number of passes than asked for",
    "Let the loop run as often as asked for, and record once each time.",
)
ALIASED_GRAD = Words(
    "aliased-grad",
    "The list holds .grad itself, not copies",
    "`.grad` is one tensor that every pass changes in place. How do you write down what it holds *now*, so that later"
    " passes leave it alone?",
    TENSOR + "clone.html",
)
ZEROED_ONE_ONLY = Words(
    "zeroed-one-only", "Not every leaf was zeroed", "Each leaf has a `.grad` of its own.", TENSOR + "zero_.html"
)
NOT_ACCUMULATING = Words(
    "not-accumulating",
    "Nothing accumulates",
    "Here nothing is to be zeroed or made anew: the leaves are made once, before the loop, and `backward` runs in each"
    " pass.",
    TENSOR + "zero_.html",
)
FRESH_LEAVES = Words(
    "fresh-leaves",
    "New leaves in each pass",
    "With new leaves there is nothing to zero. Make them once, before the loop.",
    TENSOR + "zero_.html",
)
