def fit_with_optimizer(xs, ys, lr, steps, *, momentum=0.0):
    pass
