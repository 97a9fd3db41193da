"""The control interface: plain JSON over HTTP on loopback, with which other people's tools drive a federation's users.

    POST /send {"by": "alice", ...} --- http (h11) --- interface (whom it lets in, which action) --- action.run
                                                                                                       |
    GET /, /schema (what there is: catalogue)   errors (how it reads what went wrong)           operator --- Session

An action is one file in `actions/` (a struct with its fields, and `run`) and one line in the union there; the catalogue
is derived from these structs. Everything wants the `token`, before a request's body is read. An action acts through the
`Operator` and nothing else. Each client does one thing at a time. `control` runs all of it, and what a federation needs
without a script: `pace` lets protocol time follow the machine's clock, `client_upkeep` lets clients read their queues.
"""

from simulator.federation.control.control import control
from simulator.federation.control.token import new_token, with_token

__all__ = ["control", "new_token", "with_token"]
