"""How often a process of ours looks for garbage: seldom, because what it makes mostly stays or is not circular.

This module imports nothing that has not been imported when Python starts.
"""

import gc

_OBJECTS, _AMONG_NEW, _AMONG_ALL = 200_000, 20, 100
"""After how many more objects garbage is looked for, and how often among older ones and all: imports and parsing make
very many, and all of them stay."""


def collect_seldom() -> None:
    """To be called before anything large is imported."""
    gc.set_threshold(_OBJECTS, _AMONG_NEW, _AMONG_ALL)
