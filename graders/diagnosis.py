"""This course's words for diagnoses that the program words for any exercise."""

from __future__ import annotations

WORDS = {
    "not-started": {
        "hint": "Read the docstring of the function: its numbered steps are the way. Then take out the"
        " `raise NotImplementedError` line."
    },
    "not-started/text": {
        "hint": "Say in two to four sentences what would happen to the second step of a training loop if nothing were"
        " zeroed."
    },
    "out-of-memory/loading": {
        "hint": "Everything in these exercises is a single number. Look for a size or a list that grows without need."
    },
    "too-much-output/loading": {"hint": "Print the gradient once. A loop that prints without end belongs taken out."},
    "timed-out": {
        "hint": "Look at each loop: what makes its condition false? A `for` over `range(passes)` always ends."
    },
    "too-much-output": {"hint": "Print the gradient once; a `print` inside a long loop is the usual cause."},
    "out-of-memory": {"hint": "Everything here is a single number. Look for a size, or a list that grows without end."},
    "non-scalar-backward": {
        "hint": "Each leaf holds one number here, and so does `f`. If you have a vector, what single number do you want"
        " the slope of?"
    },
    "swapped-returns/rows": {"hint": "Each pair is (x_grad, y_grad): compare the order in yours."},
    "wrong-derivative": {"hint": "The power rule: a·xⁿ becomes a·n·xⁿ⁻¹. Which part is missing in yours?"},
    "wrong-backward/root": {
        "hint": "Call `backward()` on `f` alone: once a pass, or once in all where there are no passes."
    },
    "not-by-hand": {
        "title": "by_hand comes from autograd",
        "hint": "Work the derivative out with pencil and paper, and write the result as ordinary arithmetic with `x0`.",
    },
    "ignores-passes": {"hint": "Let the loop run over `range(passes)`, and record once each time."},
    "zeroed-one-only": {
        "title": "One of the two was not zeroed",
        "hint": "There are two leaves, and each has a `.grad` of its own.",
    },
    "not-accumulating": {
        "hint": "Here nothing is to be zeroed or made anew: one pair of leaves, made before the loop, and `backward` in"
        " each pass."
    },
    "fresh-leaves": {
        "hint": "With new leaves there is nothing to zero. Make the pair once, before the loop, as a training loop"
        " keeps its weights."
    },
}
