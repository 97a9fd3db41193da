"""Renews the outputs of the notebooks: `python -m tests.notebooks [notebooks/1*.ipynb ...]`, all if none is named."""

import sys
import time
from pathlib import Path

import nbformat

from tests.notebooks.execution import executed, notebooks, read


def main(paths: list[Path]) -> None:
    """Run each, and write it."""
    for path in paths or notebooks():
        began = time.monotonic()
        nbformat.write(executed(read(path)), path)
        print(f"{path.name}: {time.monotonic() - began:.1f} s, {path.stat().st_size // 1000} kB")


main([Path(argument) for argument in sys.argv[1:]])
