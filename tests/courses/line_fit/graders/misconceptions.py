"""The misconceptions that this course names: a slug for each, and what students read under it."""

from __future__ import annotations

from autograd_grader.grading import Words

PAGES = "https://docs.pytorch.org/docs/stable/"

OTHER_DATA = Words(
    "wrong-return", "Something else was returned", "Return `x` and `y` with a comma between them, both tensors."
)
EVENLY_SPACED = Words(
    "evenly-spaced",
    "The points are not drawn",
    "An experiment's points don't stand in a row. Which function of torch draws numbers between 0 and 1?",
    PAGES + "generated/torch.rand.html",
)
SEED_UNUSED = Words(
    "seed-unused",
    "The seed does not reach the draw",
    "Whose generator did you seed, and whose does the function use that draws?",
    PAGES + "notes/randomness.html",
)
SEED_FIXED = Words(
    "seed-fixed",
    "Every seed gives the same data",
    "Follow the argument `seed` through your function: where does it stop mattering?",
    PAGES + "generated/torch.manual_seed.html",
)
WRONG_RANGE = Words(
    "wrong-range",
    "The points fill another range",
    "Where do the numbers 0 and 1, the ends of what `torch.rand` draws, end up in your formula?",
    PAGES + "generated/torch.rand.html",
)
OFF_THE_LINE = Words(
    "off-the-line",
    "The points are not on the line",
    "Put one `x` of yours into `slope * x + intercept` with pencil and paper, and compare with its `y`.",
    PAGES + "generated/torch.add.html",
)
STEP_RECORDED = Words(
    "step-recorded",
    "Autograd records the step",
    "A step is no part of the function that is differentiated. Which context tells autograd to look away?",
    PAGES + "generated/torch.no_grad.html",
)
LEAF_BOUND_ANEW = Words(
    "leaf-bound-anew",
    "The name is bound to a new tensor",
    "After `w = …` the name stands for the result of an operation, and the leaf is gone. How do you change the leaf"
    " itself?",
    PAGES + "generated/torch.Tensor.is_leaf.html",
)
OPTIMIZER_OVER_COPIES = Words(
    "optimizer-over-copies",
    "The optimizer moves other tensors",
    "An optimizer changes the tensors that it is handed. Are these the ones that your loss is computed from?",
    PAGES + "optim.html",
)
IGNORES_STEPS = Words(
    "ignores-steps",
    "Another number of steps than asked for",
    "Let the loop run `steps` times, and record once a time.",
)
OTHER_FIT = Words(
    "wrong-return", "Something else was returned", "Return `w`, `b` and the list of losses, in this order."
)
READY_MADE_STEPS = Words(
    "ready-made-steps",
    "An optimizer makes the steps",
    "What does `optimizer.step()` do with each `.grad`? Write that line yourself.",
    PAGES + "optim.html",
)
STEP_BEFORE_BACKWARD = Words(
    "step-before-backward",
    "The step comes before backward",
    "`step()` uses the gradients as they stand. Which call puts them there?",
    PAGES + "optim.html#taking-an-optimization-step",
)
NEVER_STEPPED = Words(
    "never-stepped",
    "The optimizer never makes a step",
    "`backward` fills `.grad` and moves nothing. What does the moving?",
    PAGES + "generated/torch.optim.Optimizer.step.html",
)
STEPS_BY_HAND = Words(
    "steps-by-hand",
    "The steps are made by hand",
    "Your steps may well be right. Here the point is to hand `w` and `b` to an optimizer and let it move them.",
    PAGES + "optim.html",
)
MOMENTUM_LOST = Words(
    "momentum-lost",
    "The momentum is lost",
    "What an optimizer remembers of earlier steps, it keeps in itself. How long does yours live, and was it told?",
    PAGES + "generated/torch.optim.SGD.html",
)
UPHILL = Words(
    "uphill",
    "The steps go uphill",
    "The gradient points to where the loss grows fastest. Which way do you want to go?",
    PAGES + "optim.html",
)
ACCUMULATED = Words(
    "accumulated",
    "The gradients of earlier steps are still there",
    "`backward` adds to what is in `.grad`. What has to happen to it between one step and the next?",
    PAGES + "generated/torch.optim.Optimizer.zero_grad.html",
)
ZEROED_ONE_ONLY = Words("zeroed-one-only", "One gradient of the two is zeroed", "Each leaf has a `.grad` of its own.")
INTERCEPT_STILL = Words(
    "intercept-still", "The intercept never moves", "How many numbers does a line have? Each needs its step."
)
SUMMED_LOSS = Words(
    "summed-loss",
    "The loss is the sum, not the mean",
    "With twice as many points, should a step be twice as long?",
    PAGES + "generated/torch.mean.html",
)
RECORDED_LATE = Words(
    "recorded-late",
    "The loss is recorded after the step",
    "The first loss is that of the line with `w = 0` and `b = 0`. What has happened by the time you record?",
)
WRONG_LOSS = Words(
    "wrong-loss",
    "The loss is another function",
    "Write the loss of one point down, then the mean over all: square, sign, factor.",
    PAGES + "generated/torch.nn.functional.mse_loss.html",
)
BY_HAND_ONLY = Words(
    "by-hand-only",
    "The gradient is a formula's, not autograd's",
    "Your formula may well be right. Here the point is to let `backward()` find the gradients.",
    PAGES + "generated/torch.Tensor.backward.html",
)
