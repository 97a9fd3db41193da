"""The shipped scenarios, read once for all tests."""

from pathlib import Path

from simulator.scenario import load

FOLDER = Path(__file__).parents[2] / "scenarios"
SHIPPED = load([FOLDER])
