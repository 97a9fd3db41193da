"""Two layouts compared, as a protocol designer would say it: each change once, with a sentence.

change     what a change is                    renames    what has another name now
order      what has moved in a list            wire       structs, enums, unions, opaque fields
endpoints  endpoints, labels, checks, rules    compare    all of it
view       trees of one layout, shown so that they can be compared with those of another
reach      which types can have others in them
"""

from simulator.trace.layout.comparing.change import Change, Kind
from simulator.trace.layout.comparing.compare import compare
from simulator.trace.layout.comparing.reach import reaching
from simulator.trace.layout.comparing.view import View, view_back, views

__all__ = ["Change", "Kind", "View", "compare", "reaching", "view_back", "views"]
