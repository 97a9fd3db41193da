"""The hub of a group, as it works: the group in its store, in memory under the bytes there, and what it does with a
commit. What a draft demands beyond MLS is left out, and so is whom the hub tells.
"""

import time

from simulator.bench.mls_groups import MixedGroup
from simulator.bench.samples import Stopwatch
from simulator.codec import decode, encode
from simulator.drafts.registry import usual
from simulator.errors import SimulatorError
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.public_group import PublicGroup
from simulator.mls.remembered import nothing_remembered
from simulator.rules import Rule
from simulator.services.hub.commits import ValidCommit, adopt, commit_in, stage_commit
from simulator.services.hub.group_info import rebuild_group_info
from simulator.services.hub.groups import find_group
from simulator.services.limits.policy import Policy
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord, Store

HUB = "a.example"
_NOW = int(time.time())
"""The KeyPackages of the group are good today: mls-rs looks at the real clock."""
_RULE = Rule("BENCH", SimulatorError)
"""Nothing breaks it here."""


class Hub:
    """A provider with a store in memory. It takes the same commit each time, in the epoch before it.

    The group is in the store as if it had come to this epoch there. What costs is what a hub that runs does: it reads
    the bytes of the group and finds that they are those of the group in memory, decodes and checks the commit and the
    GroupInfo, and writes the next epoch, all in one transaction. Signatures are verified each time.
    """

    def __init__(self, group: MixedGroup) -> None:
        self._store = Store()
        rand, rules = SeededRand(7, HUB), usual()[0].rules
        self._context = ServiceContext(HUB, HUB, self._store, Policy(), _NOW, 0, rand, rules)
        member, bundle = group.public, group.commit_that_adds()
        self._before = GroupRecord(member.public, mls_message(member.group_info()), b"")
        self._message, self._info = encode(bundle.message), bundle.group_info

    def take(self, watch: Stopwatch) -> int:
        """Take the commit, timed."""
        with self._store.transaction():
            self._store.groups.save(self._before)
        with watch.running(), nothing_remembered(), self._store.transaction():
            self._carry_out()
        return 1

    def stored(self) -> PublicGroup:
        """The group as the bytes in the store have it."""
        return find_group(self._before.public.group_id, self._context, _RULE).public

    def _carry_out(self) -> None:
        message, context = decode(MLSMessage, self._message), self._context
        record = find_group(self._before.public.group_id, context, _RULE)
        staged = stage_commit(commit_in(message, _RULE), record, context, current=_RULE, valid=_RULE)
        given = self._info
        info = rebuild_group_info(staged.group, given.extensions, given.signature, staged.committer, _RULE)
        sender = record.public.member(staged.committer)
        if sender is None:
            raise ValueError("a member has made the commit")
        adopt(ValidCommit(record, sender, message, staged, info), context)
