"""The words of what came back and what was printed, of inputs and of formulas."""

from __future__ import annotations

from autograd_grader.grade.diagnose.words.words import TENSOR, Words

SWAPPED_RETURNS = Words(
    "swapped-returns",
    "The right values in the wrong order",
    "Compare the order after `return` with the one the exercise gives.",
)
SWAPPED_RETURNS_GRADIENTS = Words(
    "swapped-returns",
    "The gradients are exchanged",
    "Which derivative belongs to which leaf? Compare the order in which you asked with the order in which you stored.",
    TENSOR + "grad.html",
    variant="gradients",
)
SWAPPED_RETURNS_ROWS = Words(
    "swapped-returns",
    "The right values in the wrong order",
    "Compare the order within each row with the one the exercise gives.",
    variant="rows",
)
WRONG_RETURN = Words(
    "wrong-return",
    "Something else was returned",
    "Return what the docstring describes, in that form: mind the brackets and the commas.",
)
WRONG_RETURN_LEAVES = Words(
    "wrong-return",
    "Something else was returned",
    "Return just what the exercise lists after `return`, separated by commas, as tensors.",
    variant="leaves",
)
WRONG_RETURN_VALUES = Words(
    "wrong-return",
    "Values in the place of gradients",
    "What is asked for is the slope that `backward` left in `.grad`, not the leaf or `{f}`.",
    TENSOR + "grad.html",
    variant="values",
)
NON_SCALAR_RETURNED = Words(
    "non-scalar-backward",
    "One number is asked for",
    "Each leaf holds one number, and so does `{f}`.",
    TENSOR + "backward.html",
    variant="returned",
)
NOT_PRINTED = Words(
    "not-printed", "The gradient is not printed", "Print `.grad` inside the function, after `backward`."
)
HARD_CODED = Words(
    "hard-coded",
    "Right for the article's numbers alone",
    "Call your function with another number and follow it line by line: where does the argument stop mattering?",
)
HARD_CODED_BY_HAND = Words(
    "hard-coded",
    "Right for the article's numbers alone",
    "Call your function with other numbers and follow it line by line: where does the argument stop mattering?",
    variant="by-hand",
)
HARD_CODED_ROWS = Words(
    "hard-coded",
    "Right for the article's numbers alone",
    "Call your function with other numbers and follow it line by line: where do the arguments stop mattering?",
    variant="rows",
)
HARD_CODED_LEAVES = Words(
    "hard-coded",
    "Right for the article's numbers alone",
    "Give `torch.tensor` the argument, not the article's number.",
    variant="leaves",
)
WRONG_INPUT = Words(
    "wrong-input",
    "The leaf holds another number",
    "Give `torch.tensor` the argument just as it comes in, in the order of the parameters.",
)
WRONG_INPUT_MOVED = Words(
    "wrong-input",
    "The leaves moved",
    "Here the leaves stay where they are: nothing steps, and nothing but `.grad` is zeroed.",
    variant="moved",
)
WRONG_FORMULA = Words(
    "wrong-formula",
    "{f} is another function",
    "Write each term of the formula down and compare: factor, power, sign.",
)
WRONG_DERIVATIVE = Words(
    "wrong-derivative",
    "The derivative is not right",
    "Differentiate the formula term by term. Which part is missing in yours?",
)
