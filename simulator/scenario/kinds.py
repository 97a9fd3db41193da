"""A list of kinds of steps or expectations, each imported when it is first looked up: a file uses a few of them."""

from typing import Any, TypeVar

import msgspec

from simulator.imported_by_name import ImportedByName
from simulator.scenario.step import keyword

K = TypeVar("K", bound=msgspec.Struct)


class KindsByWord(ImportedByName[type[K]]):
    """Kinds by the keyword that selects them in a scenario file."""

    def _checked(self, word: str, found: Any) -> type[K]:
        """Raises ValueError where the kind has another keyword."""
        kind: type[K] = found
        if keyword(kind) != word:
            raise ValueError(f'{kind.__module__} is listed as "{word}", and its keyword is "{keyword(kind)}"')
        return kind
