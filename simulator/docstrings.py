"""Docstrings that are data: what `--help`, `steps`, the schema and the control interface say."""

import ast
import inspect
import sys
import textwrap
from typing import Any


def docstring(documented: Any) -> str:
    """What a class or function says of itself, also where the interpreter has dropped that (`-OO`): it is read from the
    source then. Nothing where neither is there.
    """
    if sys.flags.optimize < 2:
        return inspect.cleandoc(documented.__doc__ or "")
    return _from_source(documented)


def _from_source(documented: Any) -> str:
    try:
        (found,) = ast.parse(textwrap.dedent(inspect.getsource(documented))).body
    except (OSError, TypeError):
        return ""
    known = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return (ast.get_docstring(found) or "") if isinstance(found, known) else ""
