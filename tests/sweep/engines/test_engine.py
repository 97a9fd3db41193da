"""An engine that is lost is told as a sentence."""

from simulator.errors import SimulatorError
from simulator.sweep.engines import Engine, EngineLost, InProcess


async def test_whoever_opens_an_engine_has_it() -> None:
    engine: Engine = InProcess()
    async with engine as opened:
        assert opened is engine
    assert issubclass(EngineLost, SimulatorError)
