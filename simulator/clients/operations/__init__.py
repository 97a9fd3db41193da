"""What a client can do in groups, one file per operation; each is a value that is prepared from a `ClientState`.

An operation is one file and one line here.
"""

from simulator.clients.operations.add_clients import AddClients
from simulator.clients.operations.add_users import AddUsers
from simulator.clients.operations.change_group import ChangeGroup
from simulator.clients.operations.create_group import CreateGroup
from simulator.clients.operations.delete_group import DeleteGroup
from simulator.clients.operations.external_join import ExternalJoin
from simulator.clients.operations.leave import Leave
from simulator.clients.operations.operation import Operation, Prepared
from simulator.clients.operations.remove_clients import RemoveClients
from simulator.clients.operations.remove_users import RemoveUsers
from simulator.clients.operations.report import Report
from simulator.clients.operations.send import Send
from simulator.clients.operations.send_file import SendFile
from simulator.clients.operations.update_client import UpdateClient

__all__ = [
    "AddClients",
    "AddUsers",
    "ChangeGroup",
    "CreateGroup",
    "DeleteGroup",
    "ExternalJoin",
    "Leave",
    "Operation",
    "Prepared",
    "RemoveClients",
    "RemoveUsers",
    "Report",
    "Send",
    "SendFile",
    "UpdateClient",
]
