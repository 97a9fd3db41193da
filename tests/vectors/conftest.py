"""The official MLS test vectors, one test per case.

A test marked `@pytest.mark.vectors("tree-math")` gets each case of that file, as its JSON object, for `vector`. The
files lie in the folder that MIMI_MLS_VECTORS names, or in `../shared/vectors` beside the checkout; their formats are
described in `test-vectors.md` of github.com/mlswg/mls-implementations.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("MIMI_MLS_VECTORS", CHECKOUT.parent / "shared" / "vectors"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "vectors(name): run once per case of the official vector file `name`")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One parameter set per case; a single skipped one, with its reason, where the files are not there."""
    if "vector" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker("vectors")
    assert marker is not None, f"{metafunc.definition.nodeid} takes a vector but names no file"
    metafunc.parametrize("vector", _cases(marker.args[0]))


def _cases(name: str) -> list[Any]:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        reason = f"the MLS test vectors are not here: {path} (set MIMI_MLS_VECTORS to their folder)"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="no-vectors")]
    return [pytest.param(case, id=_identifier(index, case)) for index, case in enumerate(_load(path))]


def _identifier(index: int, case: Any) -> str:
    suite = case.get("cipher_suite") if isinstance(case, dict) else None
    return f"{index}" if suite is None else f"{index}-suite{suite}"


@cache
def _load(path: Path) -> Any:
    return json.loads(path.read_text())
