"""The version of the simulator that runs."""

from functools import cache


@cache
def own_version() -> str:
    """As it is installed: files are read for it, once."""
    from importlib.metadata import version

    return version("mimi-simulator")
