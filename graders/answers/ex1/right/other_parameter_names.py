"""Other names for the parameter and the variables."""
import torch


def single_variable(starting_point=5.0):
    my_tensor = torch.tensor(starting_point, requires_grad=True)
    output = 3 * my_tensor ** 2 + 4 * my_tensor
    output.backward()
    print("Gradient of my_tensor:", my_tensor.grad)
    return my_tensor, output
