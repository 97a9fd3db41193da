"""What one can ask of the control interface: one file each, and the union here, which is the only list of them."""

from typing import TypeAlias, get_args

from simulator.federation.control.action import Action
from simulator.federation.control.actions.accept import Accept
from simulator.federation.control.actions.add import Add
from simulator.federation.control.actions.advance import Advance
from simulator.federation.control.actions.connect import Connect
from simulator.federation.control.actions.create import Create
from simulator.federation.control.actions.delete import Delete
from simulator.federation.control.actions.events import Events
from simulator.federation.control.actions.exchanges import Exchanges
from simulator.federation.control.actions.fetch import Fetch
from simulator.federation.control.actions.group import Group
from simulator.federation.control.actions.ignore import Ignore
from simulator.federation.control.actions.inject import Inject
from simulator.federation.control.actions.join import Join
from simulator.federation.control.actions.leave import Leave
from simulator.federation.control.actions.remove import Remove
from simulator.federation.control.actions.repair import Repair
from simulator.federation.control.actions.reports import Reports
from simulator.federation.control.actions.requests import Requests
from simulator.federation.control.actions.send import Send
from simulator.federation.control.actions.switch import Switch
from simulator.federation.control.actions.update import Update

AnyAction: TypeAlias = (
    Connect
    | Requests
    | Accept
    | Ignore
    | Create
    | Add
    | Remove
    | Leave
    | Join
    | Update
    | Delete
    | Send
    | Fetch
    | Group
    | Events
    | Reports
    | Switch
    | Advance
    | Inject
    | Repair
    | Exchanges
)

ACTIONS: dict[str, type[Action]] = {kind.name: kind for kind in get_args(AnyAction)}
