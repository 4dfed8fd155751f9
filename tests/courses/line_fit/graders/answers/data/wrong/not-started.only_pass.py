def make_data(seed, count, slope, intercept, *, spread=1.0):
    pass
