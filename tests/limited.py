"""Lets this process run out of what its machine gives it."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_further_files() -> Iterator[int]:
    """No descriptor is free for the time of a `with` block; yields the limit that says so."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.open(os.devnull, os.O_RDONLY)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, hard))
    try:
        yield lowest
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
