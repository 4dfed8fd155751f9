"""Whatever comes back is named by kind, quickly, and without running a method that a student wrote."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from .seam import numbers_in

if TYPE_CHECKING:
    from .seam import Seam

VALUES = {
    "nothing": ("None", "none", ""),
    "bool": ("True", "other", "bool"),
    "int": ("7", "number", "int"),
    "huge_int": ("10**400", "other", "int"),
    "decimal": ("decimal.Decimal('1.5')", "number", "Decimal"),
    "signalling_nan": ("decimal.Decimal('sNaN')", "other", "Decimal"),
    "fraction": ("fractions.Fraction(3, 2)", "number", "Fraction"),
    "numpy_number": ("numpy.float64(1.5)", "number", "float64"),
    "numpy_bool": ("numpy.bool_(1)", "other", "bool"),
    "numpy_complex": ("numpy.complex128(1j)", "other", "complex128"),
    "numpy_date": ("numpy.datetime64('2020')", "other", "datetime64"),
    "complex": ("1j", "other", "complex"),
    "text": ("'x' * 10**6", "text", ""),
    "surrogate": ("'\\ud800'", "text", ""),
    "bytes": ("b'x'", "other", "bytes"),
    "dict": ("{1: 2}", "other", "dict"),
    "set": ("{1, 2}", "other", "set"),
    "generator": ("(n for n in range(3))", "other", "generator"),
    "module": ("torch", "other", "module"),
    "gigabyte": ("torch.zeros(1 << 27)", "tensor", "Tensor"),
    "gigabyte_of_text": ("'x' * (1 << 29)", "text", ""),
    "giant_by_stride": ("torch.zeros(1).expand(1 << 40)", "tensor", "Tensor"),
    "many_dimensions": ("torch.zeros((1,) * 60)", "tensor", "Tensor"),
    "array": ("numpy.ones((2, 2))", "array", ""),
    "object_array": ("numpy.array([[], {}], dtype=object)", "array", ""),
    "record_array": ("numpy.zeros(2, dtype='i4,f8')", "array", ""),
    "giant_array": ("numpy.broadcast_to(1.0, (1 << 20, 1 << 20))", "array", ""),
    "masked_array": ("numpy.ma.array([1.0])", "other", "MaskedArray"),
    "self_referent": ("itself()", "sequence", "list"),
    "wide_and_deep": ("wide()", "sequence", "list"),
    "long_list": ("[0.0] * 10**7", "sequence", "list"),
    "deque": ("collections.deque([1.0])", "sequence", "deque"),
    "named_tuple": ("collections.namedtuple('P', 'x y')(1.0, 2.0)", "sequence", "P"),
    "subclass": ("torch.ones(1).as_subclass(Sub)", "other", "Sub"),
    "subclass_that_lies": ("torch.ones(1).as_subclass(Liar)", "other", "Liar"),
    "sparse": ("torch.ones(2, 2).to_sparse()", "tensor", "Tensor"),
    "sparse_leaf": ("sparse_leaf()", "tensor", "Tensor"),
    "sparse_csr": ("torch.eye(2).to_sparse_csr()", "tensor", "Tensor"),
    "meta": ("torch.ones(1, device='meta', requires_grad=True)", "tensor", "Tensor"),
    "quantised": ("torch.quantize_per_tensor(torch.ones(1), 0.1, 0, torch.quint8)", "tensor", "Tensor"),
    "complex_tensor": ("torch.tensor(1j, requires_grad=True)", "tensor", "Tensor"),
    "bool_tensor": ("torch.tensor(True)", "tensor", "Tensor"),
    "float8": ("torch.ones(1).to(torch.float8_e4m3fn)", "tensor", "Tensor"),
    "mkldnn": ("torch.ones(2).to_mkldnn()", "tensor", "Tensor"),
    "nested": ("torch.nested.nested_tensor([torch.ones(1), torch.ones(2)])", "tensor", "Tensor"),
    "empty": ("torch.ones(0)", "tensor", "Tensor"),
    "inference": ("inference()", "tensor", "Tensor"),
    "leaked_from_func_grad": ("leaked()", "tensor", "Tensor"),
    "parameter": ("torch.nn.Parameter(torch.ones(1))", "tensor", "Parameter"),
    "lies_about_its_class": ("Pretends()", "other", "Pretends"),
    "hangs_when_asked": ("Hangs()", "other", "Hangs"),
    "raises_when_asked": ("Raises()", "other", "Raises"),
    "list_that_hangs": ("HangingList([1.0])", "sequence", "HangingList"),
    "number_that_hangs": ("HangingFloat(1.5)", "number", "HangingFloat"),
    "class_with_hanging_metaclass": ("Made()", "other", "Made"),
}

SOURCE = """
import collections, decimal, fractions, time, numpy, torch

def hang(*_, **__):
    while True: pass

def fail(*_, **__):
    raise ValueError("asked")

NAMES = ["__repr__", "__str__", "__len__", "__eq__", "__float__", "__iter__", "__getitem__", "__hash__", "__bool__",
         "__index__", "__int__", "__format__", "__array__", "__getattribute__", "__torch_function__", "tolist"]
Hangs = type("Hangs", (), {{name: hang for name in NAMES}})
Raises = type("Raises", (), {{name: fail for name in NAMES}})
HangingList = type("HangingList", (list,), {{name: hang for name in NAMES}})
HangingFloat = type("HangingFloat", (float,), {{name: hang for name in NAMES}})

class Meta(type):
    __name__ = __mro__ = __module__ = property(hang)
    def __instancecheck__(cls, other): hang()
    def __subclasscheck__(cls, other): hang()
    def __getattribute__(cls, name): hang()

Made = Meta("Made", (), {{}})

class Pretends:
    __class__ = torch.Tensor

class Sub(torch.Tensor):
    pass

class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, *_, **__): hang()
    is_leaf = requires_grad = property(hang)

def itself():
    x = []
    x += [x] * 100
    return x

def wide():
    x = 0.0
    for _ in range(8):
        x = [x] * 100
    return x

def inference():
    with torch.inference_mode():
        return torch.ones(1, requires_grad=True) * 2

def sparse_leaf():
    return torch.ones(2, 2).to_sparse().requires_grad_()

def leaked():
    kept = []
    torch.func.grad(lambda t: (kept.append(t * 1), t * t)[1])(torch.tensor(2.0))
    return kept[0]

def f():
    return {value}
"""


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_named_by_kind(seam: Seam, name: str) -> None:
    code, kind, type_name = VALUES[name]
    value = seam.returned(SOURCE.format(value=code))
    assert (value.kind, value.type) == (kind, type_name)
    assert len(value.model_dump_json()) < 300_000


@pytest.mark.parametrize("name", VALUES)
def test_a_value_in_a_list_is_named_as_well(seam: Seam, name: str) -> None:
    code, kind, type_name = VALUES[name]
    (item,) = seam.returned(SOURCE.format(value=f"[{code}]")).items
    assert (item.kind, item.type) == (kind, type_name)


def test_nan_and_infinity_come_back_as_they_are(seam: Seam) -> None:
    source = "import torch\ndef f(): return [float('nan'), float('-inf'), torch.tensor([float('nan'), float('inf')])]"
    first, second, third, fourth = numbers_in(seam.returned(source))
    assert math.isnan(first)
    assert math.isnan(third)
    assert (second, fourth) == (-math.inf, math.inf)


def test_half_precision_comes_back_in_double(seam: Seam) -> None:
    kinds = "torch.float16, torch.bfloat16, torch.float64"
    source = f"import torch\ndef f(): return [torch.tensor(1.5, dtype=d) for d in ({kinds})]"
    value = seam.returned(source)
    assert [item.dtype for item in value.items] == ["float16", "bfloat16", "float64"]
    assert numbers_in(value) == [1.5, 1.5, 1.5]


WHOLLY_ODD = "{'__str__': hang, '__repr__': hang, 'args': property(hang), '__traceback__': property(hang)}"
ODD_CLASS = "{'__name__': property(hang), '__mro__': property(hang), '__module__': property(hang)}"
ERRORS = {
    "hangs_when_asked": f"type('E', (Exception,), {WHOLLY_ODD})('x')",
    "hanging_metaclass": f"type('M', (type,), {ODD_CLASS})('E', (Exception,), {{}})()",
    "hanging_argument": "ValueError(Hangs())",
    "long_surrogates": "ValueError('\\ud800' + 'x' * 10**7)",
    "odd_syntax_error": "SyntaxError(Raises())",
    "hanging_syntax_error": "type('E', (SyntaxError,), {'msg': property(hang)})('x')",
    "large_group": "ExceptionGroup('many', [ValueError(n) for n in range(10**5)])",
}


@pytest.mark.parametrize("error", ERRORS)
def test_an_exception_is_described_without_asking_it(seam: Seam, error: str) -> None:
    call = seam.call(SOURCE.format(value="boom()") + f"\ndef boom():\n    raise {ERRORS[error]}\n")
    assert call.outcome == "raised"
    assert call.error is not None
    assert len(call.error.message) <= 600


def test_an_operation_on_odd_tensors_is_followed(seam: Seam) -> None:
    call = seam.call("""
        import torch
        def f():
            x = torch.ones(2, 2).to_sparse().requires_grad_()
            torch.sparse.sum(x).backward()
            torch.ones(2, device="meta").requires_grad_().sum().backward()
            torch.nested.nested_tensor([torch.ones(1)], requires_grad=True)
            torch.ones(2, dtype=torch.complex64, requires_grad=True).abs().sum().backward()
            torch.vmap(lambda t: t * 2)(torch.ones(3))
            return x
    """)
    assert call.outcome == "returned", call.error or call.detail
    assert len([e for e in call.events if e.kind == "backward"]) == 3
