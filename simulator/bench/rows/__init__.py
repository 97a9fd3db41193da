"""The rows: a file for each sort of work, and a line in `ROWS` here, the only list of them."""

from simulator.bench.row import Row
from simulator.bench.rows import (
    answer_stall,
    commands,
    fan_out,
    flooded_peer,
    full_request,
    large_groups,
    loop_stall,
    memory,
    mls,
    processes,
    recording,
    requests,
    silent_followers,
    starting,
    tokens,
)

ROWS: tuple[Row, ...] = (
    *requests.ROWS,
    *full_request.ROWS,
    *fan_out.ROWS,
    *silent_followers.ROWS,
    *processes.ROWS,
    *starting.ROWS,
    *memory.ROWS,
    *mls.ROWS,
    *large_groups.ROWS,
    *loop_stall.ROWS,
    *answer_stall.ROWS,
    *flooded_peer.ROWS,
    *commands.ROWS,
    *recording.ROWS,
    *tokens.ROWS,
)
