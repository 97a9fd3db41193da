"""What packages export later is there, and nothing is imported for it before."""

import subprocess
import sys
from importlib import import_module

import pytest

PACKAGES = ("simulator.trace", "simulator.net.faults")


@pytest.mark.parametrize("package", PACKAGES)
def test_all_that_is_exported_is_there(package: str) -> None:
    exporting = import_module(package)
    assert all(getattr(exporting, name) is not None for name in exporting.__all__)
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'nothing'"):
        exporting.nothing  # noqa: B018


@pytest.mark.parametrize(
    ("package", "module", "name"),
    [
        ("simulator.trace", "trace", "Trace"),
        ("simulator.net.faults", "corrupt", "Corrupt"),
    ],
)
def test_a_module_is_imported_when_a_name_of_it_is_asked_for(package: str, module: str, name: str) -> None:
    program = f"""
import sys, {package} as package
assert "{package}.{module}" not in sys.modules
assert package.{name}.__module__ == "{package}.{module}"
assert "{name}" in vars(package)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
