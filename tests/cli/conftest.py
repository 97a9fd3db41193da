"""A folder with scenarios of each sort."""

from pathlib import Path

import pytest

from tests.cli.process import BAD, FAILING, PASSING


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("good/one", PASSING), ("good/two", PASSING), ("failing", FAILING), ("bad/step", BAD)):
        file = tmp_path / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return tmp_path
