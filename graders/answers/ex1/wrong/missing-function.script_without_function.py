"""Exercise 1, done step by step as in the article."""
import torch

z0 = 5.0
z = torch.tensor(z0, requires_grad=True)
f = 3 * z ** 2 + 4 * z
f.backward()
print(z.grad)
