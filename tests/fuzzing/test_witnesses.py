"""Whether honest providers notice anything."""

import pytest

from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.witnesses import check_others
from simulator.net import TransportError
from tests.fuzzing.sample import kind


async def test_they_are_answered_and_it_is_told_where_not() -> None:
    async with open_environment(kind("mimi-transport-00")) as environment:
        await check_others(environment.session)
        await environment.session.stop("a")
        with pytest.raises(TransportError):
            await check_others(environment.session)
        await environment.session.start("a")
