"""Find the places of a module where a small fault can be put, and the faults for each."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_OTHER_COMPARISONS: Final[Mapping[type[ast.cmpop], Sequence[type[ast.cmpop]]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OTHER_NAMES: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}
_NOT_RUN: Final = frozenset({"annotation", "returns", "type_params"})
"""Fields of a syntax tree that hold no code."""
_SHOWN: Final = 70

Change = tuple[ast.expr | ast.stmt, str]
"""What stands in a module, and what a mutant has instead."""


@dataclass(frozen=True)
class Mutant:
    """Hold a change of a module: the bytes from `start` to `end` become `after`."""

    module: Path
    line: int
    start: int
    end: int
    after: str

    def text(self, source: bytes) -> bytes:
        """Tell the whole changed module."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def told(self, source: bytes) -> str:
        """Describe the change in a line."""
        before = source[self.start : self.end].decode()
        return f"{self.module.as_posix()}:{self.line}: {_shortened(before)}  ->  {_shortened(self.after)}"


def mutants_of(root: Path, module: Path) -> list[list[Mutant]]:
    """Tell the mutants of a module, by the place that they change; its path starts from `root`."""
    source = (root / module).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    places: defaultdict[tuple[int, int], list[Mutant]] = defaultdict(list)
    for node in _code(ast.parse(source)):
        for changed, after in (*_changed_expressions(node), *_changed_statements(node)):
            start = starts[changed.lineno - 1] + changed.col_offset
            end = starts[(changed.end_lineno or 0) - 1] + (changed.end_col_offset or 0)
            places[start, end].append(Mutant(module, changed.lineno, start, end, after))
    return list(places.values())


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """Walk over what runs: not over docstrings and types, nor into f-strings, whose parts have no place known."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name not in _NOT_RUN:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _code(child)


def _changed_expressions(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare():
            yield from _other_comparisons(node)
        case ast.BoolOp(operator, values):
            yield node, ast.unparse(ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values))
        case ast.BinOp(left, ast.Add() | ast.Sub() as operator, right):
            yield node, ast.unparse(ast.BinOp(left, _opposite(operator), right))
        case ast.Constant(value):
            for constant in _other_constants(value):
                yield node, repr(constant)
        case ast.Call(ast.Name(name) as called) if name in _OTHER_NAMES:
            yield called, _OTHER_NAMES[name]
        case ast.IfExp(test):
            yield from _negated(test)
        case ast.comprehension(ifs=[test, *_]):
            yield from _negated(test)


def _changed_statements(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.If(test) | ast.While(test):
            yield from _negated(test)
        case ast.Return(value):
            yield node, "return 1" if value is None or ast.unparse(value) == "None" else "return None"
        case ast.Break():
            yield node, "continue"
        case ast.Continue():
            yield node, "break"
        case ast.AugAssign(target, operator, value):
            yield node, "pass"
            if isinstance(operator, ast.Add | ast.Sub):
                yield node, ast.unparse(ast.AugAssign(target, _opposite(operator), value))
        # Any test notices a name that is never assigned.
        case ast.Assign([ast.Attribute() | ast.Subscript()]) | ast.Expr() | ast.Raise() | ast.Delete():
            yield node, "pass"


def _other_comparisons(node: ast.Compare) -> Iterator[Change]:
    for place, operator in enumerate(node.ops):
        for other in _OTHER_COMPARISONS[type(operator)]:
            operators = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield node, ast.unparse(ast.Compare(node.left, operators, node.comparators))


def _negated(test: ast.expr) -> Iterator[Change]:
    """Negate a condition; the opposite of a comparison is among its own changes."""
    if not isinstance(test, ast.Compare):
        yield test, ast.unparse(ast.UnaryOp(ast.Not(), test))


def _opposite(operator: ast.operator) -> ast.operator:
    return ast.Sub() if isinstance(operator, ast.Add) else ast.Add()


def _other_constants(value: object) -> Sequence[object]:
    match value:
        case bool():
            return [not value]
        case int() | float():
            return [value + 1, value - 1]
        case str():
            return [""] if value else ["x"]
        case bytes():
            return [b""] if value else [b"x"]
        case _:
            return []


def _shortened(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
