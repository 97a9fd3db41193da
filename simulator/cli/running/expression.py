"""Expressions of words, `and`, `or`, `not` and brackets, as `-k` takes them: `join and not (slow or ring)`."""

import re
from collections.abc import Callable

from simulator.errors import SimulatorError
from simulator.printable import printable

Test = Callable[[str], bool]

_WORD = re.compile(r"\(|\)|[^\s()]+")
_DEEPEST = 50
_SHOWN, _QUOTED = 40, 200
"""How many characters of a word, and of the whole, are quoted."""


def parse(expression: str) -> Test:
    """A test of a text in lower case: a word is true where the text contains it.

    Raises SimulatorError for what is no expression, or has more than 50 `not` and brackets in each other.
    """
    return _Parser(expression).whole()


class _Parser:
    """Reads one expression from its beginning to its end."""

    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._words = _WORD.findall(expression.lower())
        self._place = 0
        self._depth = 0

    def whole(self) -> Test:
        test = self._either()
        if self._next() is not None:
            said = printable(self._words[self._place], _SHOWN)
            raise self._wrong(f'nothing can follow before "{said}": and, or is missing')
        return test

    def _next(self) -> str | None:
        return self._words[self._place] if self._place < len(self._words) else None

    def _takes(self, word: str) -> bool:
        """Whether this word is the next, which is read then."""
        found = self._next() == word
        self._place += found
        return found

    def _either(self) -> Test:
        tests = [self._both()]
        while self._takes("or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda text: any(test(text) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._takes("and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda text: all(test(text) for test in tests)

    def _one(self) -> Test:
        if self._takes("not"):
            inner = self._deeper(self._one)
            return lambda text: not inner(text)
        if self._takes("("):
            inner = self._deeper(self._either)
            if not self._takes(")"):
                raise self._wrong('a ")" is missing')
            return inner
        word = self._next()
        if word is None or word in ("and", "or", ")"):
            raise self._wrong("a word is missing")
        self._place += 1
        return lambda text: word in text

    def _deeper(self, reads: Callable[[], Test]) -> Test:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong(f"nested too deep: {_DEEPEST} levels are the most")
        inner = reads()
        self._depth -= 1
        return inner

    def _wrong(self, why: str) -> SimulatorError:
        return SimulatorError(f'-k "{printable(self._expression, _QUOTED)}": {why}')
