"""Lists in which words are known at once, and what they mean is imported when it is first looked up: a process uses a
few of many.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, TypeVar

T = TypeVar("T")


class ImportedByName(Mapping[str, T]):
    """What is exported by modules of a package, by word and in order. Only a look-up imports: words are iterated over,
    counted and found without it. A process may add words of its own, whose things are there.
    """

    def __init__(self, package: str, listed: Mapping[str, str]) -> None:
        """`listed` says where in the package each is: `module:NAME`."""
        self._package = package
        self._listed: dict[str, str | None] = dict(listed)
        self._found: dict[str, T] = {}

    def __getitem__(self, word: str) -> T:
        """The thing itself. Raises KeyError for a word that is not listed."""
        if word not in self._found:
            module, _, name = (self._listed[word] or "").partition(":")
            self._found[word] = self._checked(word, getattr(import_module(f"{self._package}.{module}"), name))
        return self._found[word]

    def _checked(self, word: str, found: Any) -> T:
        """The same. Raises ValueError where it is not what is listed by this word."""
        thing: T = found
        return thing

    def __setitem__(self, word: str, thing: T) -> None:
        self._found[word], self._listed[word] = thing, None

    def __contains__(self, word: object) -> bool:
        return word in self._listed

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)
