"""Two layouts compared, as a protocol designer would say it: each change once, with a sentence.

change     what a change is                    renames    what has another name now
order      what has moved in a list            wire       structs, enums, unions, opaque fields
endpoints  endpoints, labels, checks, rules    compare    all of it
"""

from simulator.trace.layout.comparing.change import Change, Kind
from simulator.trace.layout.comparing.compare import compare

__all__ = ["Change", "Kind", "compare"]
