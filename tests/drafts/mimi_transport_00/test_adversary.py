"""Each flaw of a new group is one difference from what a group should be, and each operation files what it is given."""

import pytest

from simulator.codec import decode
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.mimi_transport_00.adversary import ADVERSARY
from simulator.drafts.mimi_transport_00.extensions import CONNECTION, LAST_RESORT, group_version
from simulator.drafts.mls_profile import REGULAR, NewGroup
from simulator.mls.extensions.extension import Extension, RequiredCapabilities
from simulator.mls.framing.senders import external_senders
from simulator.mls.tree.credential import BasicCredential
from simulator.services.commands import GroupUpdate
from tests.services.bench import Bench, new_group

NEW = NewGroup(b"mimi://a.example/g/1", "mimi://a.example/d/alice/phone", "a.example", (b"key",))
SOUND = MIMI_TRANSPORT_00.mls


def test_flaws_of_new_groups() -> None:
    flawed = ADVERSARY.flawed_profiles
    version, senders = SOUND.context_extensions(NEW)
    assert version.extension_type == ADVERSARY.version_extension
    assert {name: mls.leaf_extensions(REGULAR) for name, mls in flawed.items()} == {
        "leaf_without_versions": (),
        "no_version": SOUND.leaf_extensions(REGULAR),
        "older_version": SOUND.leaf_extensions(REGULAR),
        "foreign_external_sender": SOUND.leaf_extensions(REGULAR),
        "filled_mark": (*SOUND.leaf_extensions(REGULAR), Extension(CONNECTION, b"?")),
        "mls_extensions": SOUND.leaf_extensions(REGULAR),
    }
    assert flawed["leaf_without_versions"].context_extensions(NEW) == (version, senders)
    assert flawed["no_version"].context_extensions(NEW) == (senders,)
    assert group_version(flawed["older_version"].context_extensions(NEW)) == 0
    (mark,) = flawed["filled_mark"].key_package_extensions(last_resort=True)
    assert (mark.extension_type, mark.extension_data) == (LAST_RESORT, b"?")
    first, other = flawed["foreign_external_sender"].context_extensions(NEW)
    assert first == version
    assert [sender.credential for sender in external_senders([other])] == [BasicCredential(b"other.a.example")]


def test_a_group_for_those_who_know_the_mls_extensions() -> None:
    mls = ADVERSARY.flawed_profiles["mls_extensions"]
    *usual, demands = mls.context_extensions(NEW)
    assert tuple(usual) == SOUND.context_extensions(NEW)
    assert decode(RequiredCapabilities, demands.extension_data) == RequiredCapabilities((), (8,), ())
    assert mls.capabilities.extensions == (*SOUND.capabilities.extensions, 6)
    assert mls.capabilities.proposals == (8, 10)


@pytest.mark.parametrize("operation", ADVERSARY.operations)
def test_operations_take_anything(bench: Bench, operation: str) -> None:
    alice = bench.client("alice.phone@a")
    message = new_group(bench, alice).propose_update(alice.rand)[0]
    update = GroupUpdate(message, (), b"")
    command = ADVERSARY.operations[operation](update, (message,))
    assert command.operation == operation
    filed = [getattr(command, name, None) for name in ("update", "proposal", "message")]
    assert message in [getattr(each, "commit", each) for each in filed]
    assert (getattr(command, "welcomes", None) == (message,)) is operation.startswith("add_")
