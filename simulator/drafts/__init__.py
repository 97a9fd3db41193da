"""The drafts the simulator speaks. `DRAFTS` is the only list: a draft is one package and one line."""

from simulator.drafts.draft import Draft
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00

DRAFTS: tuple[Draft, ...] = (MIMI_TRANSPORT_00,)
