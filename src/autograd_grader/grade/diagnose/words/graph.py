"""The words of leaves, of the graph that starts from them, and of a `.grad` that nothing filled."""

from __future__ import annotations

from autograd_grader.grade.diagnose.words.words import TENSOR, Words

INTEGER_TENSOR = Words(
    "integer-tensor",
    "Whole-number tensors carry no gradients",
    "Write the number with a point, or give the tensor a floating dtype.",
    TENSOR + "requires_grad.html",
)
INPLACE_ON_LEAF = Words(
    "inplace-on-leaf",
    "A leaf is changed in place",
    "Make a new tensor from the leaf (`y = z + 1`) rather than changing the leaf itself (`z += 1`).",
    TENSOR + "is_leaf.html",
)
NON_SCALAR_BACKWARD = Words(
    "non-scalar-backward",
    "backward starts from one number",
    "If you have a vector, what single number do you want the slope of?",
    TENSOR + "backward.html",
)
BACKWARD_TWICE = Words(
    "backward-twice",
    "One graph is walked twice",
    "Each `backward` frees the graph it walked. Compute `{f}` anew before the next one, or keep the graph on purpose"
    " with `retain_graph=True`.",
    TENSOR + "backward.html",
)
_WHAT_ASKS = (
    "Autograd follows only what it is asked to follow, from the moment it is asked: which argument of `torch.tensor`"
    " asks?"
)
MISSING_REQUIRES_GRAD = Words(
    "missing-requires-grad", "Nothing requires grad", _WHAT_ASKS, TENSOR + "requires_grad.html"
)
MISSING_REQUIRES_GRAD_READ = Words(
    "missing-requires-grad",
    "The tensor does not require grad",
    "Autograd follows only what it is asked to follow: which argument of `torch.tensor` asks?",
    TENSOR + "requires_grad.html",
    variant="read",
)
MISSING_REQUIRES_GRAD_LEAF = Words(
    "missing-requires-grad", "The leaf does not require grad", _WHAT_ASKS, TENSOR + "requires_grad.html", variant="leaf"
)
GRAPH_BROKEN = Words(
    "graph-broken",
    "{f} is cut off from its leaves",
    "Compute `{f}` with the tensors themselves. `.item()`, `.detach()`, `.data`, NumPy and `torch.no_grad()` all hand"
    " on bare numbers.",
    TENSOR + "detach.html",
)
GRAPH_BROKEN_NUMPY = Words(
    "graph-broken",
    "NumPy can't follow the graph",
    "Which method gives a tensor that stands outside the graph? Use it for what you print, never for what `{f}` is made"
    " of.",
    TENSOR + "detach.html",
    variant="numpy",
)
GRAPH_BROKEN_PARTLY = Words(
    "graph-broken",
    "Part of {f} is cut off from its leaves",
    "Compute every term of `{f}` with the tensors themselves. `.item()`, `.detach()`, `float()`, NumPy and `math` all"
    " hand on bare numbers.",
    TENSOR + "detach.html",
    variant="partly",
)
NON_LEAF_GRAD = Words(
    "non-leaf-grad",
    "Only leaves keep their gradient",
    "Ask for `.grad` of the tensor that you made with `requires_grad=True`, not of one that was computed from it.",
    TENSOR + "is_leaf.html",
)
NON_LEAF_GRAD_EMPTY = Words(
    "non-leaf-grad",
    "Only leaves keep their gradient",
    "Ask for `.grad` of the tensor that you made with `requires_grad=True`, not of one computed from it.",
    TENSOR + "is_leaf.html",
    variant="empty",
)
NON_LEAF_GRAD_RETURNED = Words(
    "non-leaf-grad",
    "Only leaves keep their gradient",
    "Return the tensor that you made with `requires_grad=True` itself; what is computed from it, even `z * 1` or"
    " `z.clone()`, is another tensor.",
    TENSOR + "is_leaf.html",
    variant="returned",
)
NEVER_CALLED_BACKWARD = Words(
    "never-called-backward",
    "backward was never called",
    "Building `{f}` only writes the record. What walks it back and fills `.grad`?",
    TENSOR + "backward.html",
)
NEVER_CALLED_BACKWARD_GRAD = Words(
    "never-called-backward",
    "backward was never called",
    "`torch.autograd.grad` hands a gradient back and leaves `.grad` alone, so there is nothing to zero. This exercise"
    " is about what `backward()` leaves in `.grad`.",
    TENSOR + "backward.html",
    variant="autograd-grad",
)
GRAD_IS_NONE = Words(
    "grad-is-none",
    "The gradient is still empty",
    "A leaf's `.grad` is `None` until the first `backward` has filled it. What has to come before this line?",
    TENSOR + "grad.html",
)
GRAD_IS_NONE_RETURNED = Words(
    "grad-is-none",
    "The gradient is still empty",
    "A leaf's `.grad` is `None` until a `backward` has filled it. What has to come before it is read?",
    TENSOR + "grad.html",
    variant="returned",
)
GRAD_IS_NONE_PRINTED = Words(
    "grad-is-none",
    "The gradient is read too early",
    "`.grad` is `None` until `backward` has filled it: which of the two lines has to come first?",
    TENSOR + "grad.html",
    variant="printed",
)
