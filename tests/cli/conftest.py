"""A folder with scenarios of each sort."""

from pathlib import Path

import pytest

from tests.cli.process import write_scenarios


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_scenarios(tmp_path)
