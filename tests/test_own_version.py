"""The version that runs is the one that was built."""

import tomllib

from simulator.own_version import own_version
from tests.cli.process import ROOT


def test_it_is_the_version_of_the_project() -> None:
    assert own_version() == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
