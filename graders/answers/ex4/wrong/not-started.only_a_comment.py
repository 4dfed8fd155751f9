import torch

def verify_by_hand(x0: float = 3.0):
    # I will do this one tomorrow
    pass
