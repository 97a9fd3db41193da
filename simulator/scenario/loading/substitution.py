"""Parameters in a file: `${members}` stands for a value, `${members - 1}` for a number that is made of one.

A text that is nothing but `${...}` becomes the value itself, a number or true and false too; inside a longer text it is
that value as text. `$${` is `${` itself. An item with `repeat: 3` becomes three, in which `${round}` is 1, 2 and 3.
"""

import ast
import operator
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from msgspec.structs import replace

from simulator.errors import SimulatorError, hint
from simulator.scenario.loading.nodes import TOO_LARGE, Node, Scalar, Sequence, sized
from simulator.scenario.loading.nodes import Mapping as MappingNode
from simulator.scenario.loading.problems import Problems

Plain: TypeAlias = str | int | float | bool
"""What a parameter can be."""

ROUND = "round"
MOST_ROUNDS = 1000
MOST_VALUES = 200_000
_CHARACTERS = 64
"""So many of a text count as a value."""

_USE = re.compile(r"\$\$\{|\$\{([^{}]*)\}")
_LONGEST = 100
_LONGEST_TEXT = 2**24
_OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}


def shown(value: object) -> str:
    """A value as it stands in YAML."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def evaluate(expression: str, values: Mapping[str, Plain]) -> Plain:
    """The value of a parameter, or of a sum, difference or product of whole numbers. Raises SimulatorError."""
    try:
        with warnings.catch_warnings(action="ignore"):  # Python's opinion of `1is` or "\\d" is not asked for
            tree = ast.parse(expression.strip(), mode="eval").body if len(expression) <= _LONGEST else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    return _value(tree, expression, values)


def _value(tree: ast.expr | None, expression: str, values: Mapping[str, Plain]) -> Plain:
    match tree:
        case ast.Name(name):
            if name not in values:
                raise SimulatorError(_unknown(name, values))
            return values[name]
        case ast.Constant(int(number)) if not isinstance(number, bool):
            return _checked(number, expression)
        case ast.BinOp(left, operation, right) if type(operation) in _OPERATIONS:
            sides = [_number(side, expression, values) for side in (left, right)]
            return _checked(int(_OPERATIONS[type(operation)](*sides)), expression)
    raise SimulatorError(f"${{{expression}}} is neither a parameter nor a sum or product such as ${{members - 1}}")


def _checked(number: int, expression: str) -> int:
    if not sized(number):
        raise SimulatorError(f"${{{expression}}} is too large: {TOO_LARGE}")
    return number


def _number(tree: ast.expr, expression: str, values: Mapping[str, Plain]) -> int:
    value = _value(tree, expression, values)
    if isinstance(value, bool) or not isinstance(value, int):
        raise SimulatorError(f"{shown(value)} in ${{{expression}}} is no whole number")
    return value


def _unknown(name: str, values: Mapping[str, Plain]) -> str:
    if name == ROUND:
        return "${round} has a value only in an item with repeat"
    known = f"; known: {', '.join(values)}" if values else ": the file declares none under parameters"
    return f'unknown parameter "{name}"{hint(name, values) or known}'


class Allowance:
    """How much may come of one file: of all its combinations, with all that is repeated and put in."""

    def __init__(self, most: int = MOST_VALUES) -> None:
        self._most = most
        self._left = most
        self.is_spent = False
        """Whether there is nothing left."""

    def spend(self, node: Node) -> bool:
        """Take what one value more costs. Whether that was too much, which is said once."""
        if self.is_spent:
            return False
        self._left -= 1
        if isinstance(node, Scalar) and isinstance(node.value, str):
            self._left -= len(node.value) // _CHARACTERS
        self.is_spent = self._left < 0
        return self.is_spent

    def __str__(self) -> str:
        return f"with all that is repeated and put in, this is more than {self._most} values"


class Substitution:
    """Puts values in the place of what stands for them, in a tree; all that can't be done becomes a problem."""

    def __init__(
        self,
        values: Mapping[str, Plain],
        problems: Problems,
        most: int = MOST_ROUNDS,
        allowance: Allowance | None = None,
    ) -> None:
        self._values = values
        self._problems = problems
        self._most = most
        """How often something can be repeated, which may itself be in something that is."""
        self._allowance = allowance or Allowance()

    def node(self, node: Node) -> Node:
        """A copy with values; as it is from where on the allowance is spent."""
        allowance = self._allowance
        if allowance.is_spent:
            return node
        made = self._made(node)
        if allowance.spend(made):
            self._problems.add(node.span, str(self._allowance))
        return made

    def _made(self, node: Node) -> Node:
        match node:
            case Scalar(value):
                return self._scalar(node, value) if isinstance(value, str) and "${" in value else node
            case Sequence():
                return Sequence(tuple(made for item in node.items for made in self._items(item)), node.span)
            case MappingNode():
                values = {name: self.node(value) for name, value in node.values.items()}
                return MappingNode(values, node.keys, node.span, node.turn)

    def _scalar(self, node: Scalar, text: str) -> Scalar:
        whole = _USE.fullmatch(text)
        if "${" in _USE.sub("", text):
            self._problems.add(node.span, '"${" without "}": write ${name}, or $${ for ${ itself')
            return node
        notes = dict.fromkeys(use[0] for use in _USE.finditer(text) if use[1] is not None)
        try:
            value = evaluate(whole[1], self._values) if whole and whole[1] is not None else self._inside(text)
            said = ", ".join(f"{use} is {shown(evaluate(use[2:-1], self._values))}" for use in notes)
        except SimulatorError as error:
            self._problems.add(node.span, str(error))
            return node
        return Scalar(value, replace(node.span, note=said))

    def _inside(self, text: str) -> str:
        """A text with values in it. Raises SimulatorError."""
        pieces, length, end = [], 0, 0
        for use in _USE.finditer(text):
            pieces += [text[end : use.start()], "${" if use[1] is None else shown(evaluate(use[1], self._values))]
            length, end = length + len(pieces[-2]) + len(pieces[-1]), use.end()
            if length > _LONGEST_TEXT:
                raise SimulatorError(f"with its values this is longer than {_LONGEST_TEXT} characters")
        return "".join((*pieces, text[end:]))

    def _items(self, item: Node) -> Iterator[Node]:
        """One item, or as many as it is to be repeated."""
        if not isinstance(item, MappingNode) or "repeat" not in item.values:
            yield self.node(item)
            return
        said = self.node(item.values["repeat"])
        rounds = said.value if isinstance(said, Scalar) else None
        if not isinstance(rounds, int) or isinstance(rounds, bool) or not 1 <= rounds <= self._most:
            inner = "" if self._most == MOST_ROUNDS else ", in what is repeated itself"
            self._problems.add(said.span, f"expected how often: a whole number from 1 to {self._most}{inner}")
            rounds = 1
        rest = {name: value for name, value in item.values.items() if name != "repeat"}
        for number in range(1, rounds + 1):
            if self._allowance.is_spent:
                return
            values = {**self._values, ROUND: number}
            substitution = Substitution(values, self._problems, self._most // rounds, self._allowance)
            made = substitution.node(replace(item, values=rest, keys={name: item.keys[name] for name in rest}))
            yield replace(made, turn=(number, rounds)) if isinstance(made, MappingNode) else made
