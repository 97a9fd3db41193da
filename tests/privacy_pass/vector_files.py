"""The official test vectors of Privacy Pass, one test per case.

The files lie in the folder that MIMI_PRIVACY_PASS_VECTORS names, or in `../shared/privacy-pass` beside the checkout,
where SOURCES.md says where they are from.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("MIMI_PRIVACY_PASS_VECTORS", CHECKOUT.parent / "shared" / "privacy-pass"))


def cases(name: str) -> list[Any]:
    """The cases of a file, as parameters; a single skipped one, with its reason, where the file is not there."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        reason = f"the Privacy Pass vectors are not here: {path} (set MIMI_PRIVACY_PASS_VECTORS to their folder)"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="no-vectors")]
    return [pytest.param(case, id=f"{name}-{index}") for index, case in enumerate(_load(path))]


@cache
def _load(path: Path) -> Any:
    return json.loads(path.read_text())
