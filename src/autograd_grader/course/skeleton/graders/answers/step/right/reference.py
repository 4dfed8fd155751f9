def step(w=2.0, gradient=3.0, rate=0.1):
    return w - rate * gradient
