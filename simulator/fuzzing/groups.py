"""Target: MLS itself. Altered messages, with all signatures and tags made right again, for everybody who may get them.

What the hub stages, members process, a joiner joins by, or a committer adds, is accepted or refused with
an MLSError or DecodeError; nobody's group changes; and what a member accepts the service accepts too.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from simulator.codec import DecodeError, decode, encode, spans, struct
from simulator.codec.declare import wire_of
from simulator.fuzzing.own_bug import kind
from simulator.fuzzing.whole_group import NOW, SERVICE, SUITE, WholeGroup, addition, external_senders, removal
from simulator.mls.commits.commit import Commit
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import MLSError
from simulator.mls.extensions.extension import ExtensionType, find_extension
from simulator.mls.framing.authentication import sign_content
from simulator.mls.framing.framing import AuthenticatedContent, MemberSender, PrivateMessage, PublicMessage, WireFormat
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.private_message import seal
from simulator.mls.group import Group, open_welcome
from simulator.mls.joining.group_import import RATCHET_TREE
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.welcome import EncryptedGroupSecrets, GroupSecrets, Welcome
from simulator.mls.key_schedule.key_schedule import EpochSecrets, welcome_key_and_nonce, welcome_secret
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID, psk_secret
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.proposals.external_proposal import propose_as_external_sender
from simulator.mls.proposals.proposals import Add, GroupContextExtensions, PreSharedKey, Proposal, ReInit
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.node import Node
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mutation.cases import ALL, UNSIGNED, Case, Shot
from simulator.mutation.edits import altered, some_cuts, some_edits
from simulator.mutation.forgery import IMPOSSIBLE, Forger
from simulator.mutation.properties import Broken, hold
from simulator.mutation.randomness import Random, seeded
from simulator.mutation.values import Pool
from simulator.services.signing import signer

SEALED = ALL + 1
"""All is signed again, and the message is encrypted."""

REFUSALS = (MLSError, DecodeError)


@struct
class Import:
    """What one joins by from outside: both may be altered."""

    group_info: GroupInfo
    ratchet_tree: tuple[Node | None, ...]


@struct
class Invitation:
    """What is encrypted in a Welcome; the ratchet tree is in the GroupInfo."""

    secrets: GroupSecrets
    group_info: GroupInfo


class Groups:
    """Shoots at one group: six members, blank leaves, unmerged leaves, stored proposals, PSKs."""

    name = "groups"

    def __init__(self) -> None:
        self._room = whole = _room()
        self._seeds = _seeds(whole)
        self._pool = Pool([(wire_of(type(seed)), seed) for seed in self._seeds.values()])
        people = [person.identity for person in (*whole.people.values(), SERVICE)]
        first = whole.people["alice"].identity
        self._forger = Forger(
            SUITE,
            {identity.signature_public_key: identity.signature_private_key for identity in people},
            {whole.service.group_id: {name.encode(): group for name, group in whole.groups.items()}},
            signer(SUITE, first.signature_private_key),
            signer(SUITE, SERVICE.identity.signature_private_key),
            NOW,
        )
        self._states = self._look()

    def case(self, rng: Random) -> Case:
        """Some message with something altered."""
        name = rng.choice(list(self._seeds))
        seed = self._seeds[name]
        if rng.random() < 0.15 and not isinstance(seed, Invitation):
            data = encode(seed)
            return Case(name, seed, cuts=some_cuts(data, lambda: spans(type(seed), data), rng))
        edits = some_edits(wire_of(type(seed)), seed, self._pool, rng)
        return Case(name, seed, edits, signing=rng.choice((UNSIGNED, ALL, ALL, ALL, SEALED)))

    def shot(self, case: Case) -> Shot:
        """The struct's name and bytes."""
        value = case.seed
        if case.edits:
            value = altered(wire_of(type(value)), value, case.edits, self._pool, seeded(0))
        if case.signing or isinstance(value, Invitation):
            value = self._signed(value, sealed=case.signing == SEALED)
        data = encode(value)
        for cut in case.cuts:
            data = cut.apply(data)
        return {"import": isinstance(value, Import), "data": data.hex()}

    def place(self, case: Case) -> str:
        """The kind of message."""
        return case.name

    async def fire(self, shot: Shot) -> str:
        """Let everybody concerned have it."""
        data = bytes.fromhex(shot["data"])
        try:
            value: Any = decode(Import if shot["import"] else MLSMessage, data)
        except DecodeError:
            return "no message"
        body = value if isinstance(value, Import) else value.body
        try:
            match body:
                case Import():
                    return self._join_from_outside(body)
                case PublicMessage():
                    return self._stage(value, body)
                case PrivateMessage():
                    return self._process(value)
                case Welcome():
                    return f"Welcome {_outcome(lambda: self._join(body))}"
                case KeyPackage():
                    return self._add(body)
            return "GroupInfo alone"
        finally:
            hold(self._look() == self._states, "somebody's group has changed")

    def _look(self) -> list[tuple[bytes, bytes]]:
        groups = self._room.groups.values()
        states = [(group.public.to_bytes(), group.epoch_authenticator) for group in groups]
        return [(self._room.service.to_bytes(), b""), *states]

    def _stage(self, message: MLSMessage, public: PublicMessage) -> str:
        """The service first; then nobody accepts what the service refuses."""
        kind, service = type(public.content.content).__name__, self._room.service
        is_commit = isinstance(public.content.content, Commit)
        staged: Any = None
        outcome = _outcome(
            lambda: service.stage_commit(public, NOW) if is_commit else service.stage_proposal(public, NOW)
        )
        if outcome == "accepted":
            staged = service.stage_commit(public, NOW) if is_commit else service.stage_proposal(public, NOW)
            kept = staged.group.to_bytes()
            hold(PublicGroup.from_bytes(kept).to_bytes() == kept, "a group is another one when it was kept")
            if is_commit:
                self._check_next(staged.group, staged.committer)
        members = self._process(message)
        hold(outcome == "accepted" or "accepted" not in members, f"the service refuses ({outcome}), members do not")
        return f"{kind} {outcome}, members: {members}" if outcome == "accepted" else f"{kind} {outcome}"

    def _check_next(self, group: PublicGroup, committer: int) -> None:
        """The next epoch is one that could be joined: tree, hashes, signatures, all leaves."""
        leaf = group.tree.leaf(committer)
        if leaf is None:
            raise Broken("who committed has no leaf any more")
        info = self._forger.group_info(
            GroupInfo(group.context, (), group.confirmation_tag, committer, b""), leaf.signature_key
        )
        joined = PublicGroup.from_group_info(info, group.ratchet_tree(), None)
        hold(joined.context == group.context, "who joins is in another group")

    def _process(self, message: MLSMessage) -> str:
        """What most members say; if anybody accepts the message, the group can go on after it."""
        said = []
        for group in self._room.groups.values():
            received: list[Any] = []
            said.append(_outcome(partial(_receive, group, message, received)))
            if received and said.count("accepted") == 1:
                self._go_on(received[0].group)
        return "accepted" if "accepted" in said else max(sorted(set(said)), key=said.count)

    def _go_on(self, group: Group) -> None:
        """A member can commit what there is to commit, and the service takes it."""
        if group.active:
            bundle = group.commit((), SeededRand(1, "going on"), NOW, force_path=True, psks=PSKS)
            group.public.stage_commit(kind(PublicMessage, bundle.message.body, "handshakes are public here"), NOW)

    def _join(self, welcome: Welcome) -> None:
        newcomer = self._room.people["newcomer"]
        group = Group.join(welcome, newcomer.bundles, newcomer.identity, psks=PSKS)
        group.encrypt(b"I am in", SeededRand(1, "newcomer"))

    def _join_from_outside(self, offered: Import) -> str:
        outsider = self._room.people["outsider"]

        def join() -> None:
            PublicGroup.from_group_info(offered.group_info, offered.ratchet_tree, NOW)
            rand = SeededRand(1, "outside")
            Group.external_join(offered.group_info, offered.ratchet_tree, outsider.identity, rand, NOW)

        return f"GroupInfo {_outcome(join)}"

    def _add(self, key_package: KeyPackage) -> str:
        group, rand = self._room.groups["alice"], SeededRand(1, "adding")
        return f"KeyPackage {_outcome(lambda: group.commit((Add(key_package),), rand, NOW, psks=PSKS))}"

    def _signed(self, value: Any, *, sealed: bool) -> Any:
        if isinstance(value, Import):
            return self._imported(value)
        if isinstance(value, Invitation):
            return self._welcome(value)
        try:
            message = self._forger.message(value)
            return self._sealed(message.body) if sealed and isinstance(message.body, PublicMessage) else message
        except IMPOSSIBLE:
            return value

    def _imported(self, offered: Import) -> Import:
        """With the tree's hash in the GroupContext, and signed by whoever is at the signer's leaf."""
        info = offered.group_info
        try:
            tree = RatchetTree.from_nodes(SUITE, offered.ratchet_tree)
            info = replace(info, group_context=replace(info.group_context, tree_hash=tree.tree_hash))
            leaf = tree.leaf(info.signer)
            return replace(offered, group_info=self._forger.group_info(info, leaf.signature_key if leaf else None))
        except IMPOSSIBLE:
            return offered

    def _welcome(self, invitation: Invitation) -> MLSMessage:
        """The Welcome with this inside, its GroupInfo tagged and signed."""
        info, secrets = invitation.group_info, invitation.secrets
        psk = SUITE.zero
        with suppress(*IMPOSSIBLE):
            psk = psk_secret(SUITE, PSKS.look_up(secrets.psks))
        epoch = EpochSecrets.of_joiner(SUITE, secrets.joiner_secret, psk, info.group_context)
        info = replace(info, confirmation_tag=epoch.confirmation_tag(info.group_context.confirmed_transcript_hash))
        with suppress(*IMPOSSIBLE):
            nodes = RATCHET_TREE.decode(find_extension(info.extensions, ExtensionType.ratchet_tree) or b"")
            tree = RatchetTree.from_nodes(SUITE, nodes)
            info = replace(info, group_context=replace(info.group_context, tree_hash=tree.tree_hash))
            leaf = tree.leaf(info.signer)
            info = self._forger.group_info(info, leaf.signature_key if leaf else None)
        key, nonce = welcome_key_and_nonce(SUITE, welcome_secret(SUITE, secrets.joiner_secret, psk))
        encrypted = SUITE.aead.seal(key, nonce, b"", encode(info))
        bundle = self._room.people["newcomer"].bundles[-1]
        rand = SeededRand(1, "welcome")
        sealed = SUITE.encrypt_with_label(bundle.key_package.init_key, "Welcome", encrypted, encode(secrets), rand)
        return mls_message(Welcome(SUITE.value, (EncryptedGroupSecrets(bundle.reference, sealed),), encrypted))

    def _sealed(self, message: PublicMessage) -> MLSMessage:
        """The same as a PrivateMessage of its sender."""
        framed = message.content
        sender = framed.sender.leaf_index if isinstance(framed.sender, MemberSender) else 0
        groups = {group.own_index: group for group in self._room.groups.values()}
        group = groups[sender]
        framed = replace(framed, sender=MemberSender(sender))
        wire_format, key = WireFormat.mls_private_message, group.identity.signature_private_key
        signature = sign_content(SUITE, key, wire_format, framed, group.public.context)
        content = AuthenticatedContent(wire_format, framed, signature, message.confirmation_tag)
        secrets = group.state.messages
        rand = SeededRand(1, "sealing")
        return mls_message(seal(SUITE, content, secrets.secret_tree, secrets.sender_data_secret, rand)[0])


def valid_pool() -> Pool:
    """What is in the messages of such a group."""
    return Pool([(wire_of(type(seed)), seed) for seed in _seeds(_room()).values()])


def _receive(group: Group, message: MLSMessage, received: list[Any]) -> None:
    received.append(group.process(message, NOW, PSKS))


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except REFUSALS as refusal:
        return getattr(refusal, "rule", "malformed")
    return "accepted"


PSKS = PSKStore({b"shared": b"secret"})


def _room() -> WholeGroup:
    """Some history, so that the tree has blank nodes and unmerged leaves."""
    whole = WholeGroup.of("alice", "bob", "carol", "dave", "erin", "frank", extensions=(external_senders(SERVICE),))
    whole.psks = PSKS
    whole.commit("carol", force_path=True)
    whole.commit("alice", removal(whole, "dave"))
    whole.commit("bob", addition(whole, "grace"))
    whole.commit("erin", force_path=True)
    whole.commit("alice", addition(whole, "heidi"))
    whole.propose_update("bob")
    whole.propose("erin", removal(whole, "frank"))
    return whole


def _seeds(whole: WholeGroup) -> dict[str, Any]:
    """A message of every kind, valid as things stand."""
    service, extensions = whole.service, whole.service.context.extensions
    psk = PreSharedKey(PreSharedKeyID(ExternalPSK(b"shared"), bytes(SUITE.secret_size)))
    reinit = ReInit(b"successor", 1, SUITE.value, extensions)
    proposals: dict[str, Proposal] = {
        "add": addition(whole, "ivan"),
        "remove": removal(whole, "heidi"),
        "psk": psk,
        "context": GroupContextExtensions(extensions),
        "reinit": reinit,
    }
    seeds: dict[str, Any] = {}
    for name, proposal in proposals.items():
        proposer, rand = whole.groups["carol"], SeededRand(1, name)
        seeds[f"propose {name}"] = proposer.propose(proposal, rand, NOW)[0]
        seeds[f"propose {name} privately"] = proposer.propose(proposal, rand, NOW, private=True)[0]
        seeds[f"propose {name} from outside"] = propose_as_external_sender(
            service.context, 0, SERVICE.identity.signature_private_key, proposal
        )
        bundle = whole.prepare("alice", proposal, include_references=name != "reinit")
        seeds[f"commit {name}"] = bundle.message
    seeds["propose update"] = whole.groups["carol"].propose_update(SeededRand(1, "update"))[0]
    seeds["commit all"] = whole.prepare("alice", *(proposals[name] for name in ("add", "remove", "psk"))).message
    seeds["commit privately"] = whole.prepare("alice", proposals["add"], private=True).message
    seeds["commit without path"] = whole.prepare("alice", proposals["add"], include_references=False).message
    seeds["join from outside"] = whole.prepare_external("judy").message
    seeds["come back from outside"] = whole.prepare_external("heidi").message
    whole.person("outsider")
    invited = whole.prepare("alice", addition(whole, "newcomer"), psk, tree_in_welcome=True)
    seeds["welcome"] = invited.welcomes[0]
    welcome = kind(Welcome, invited.welcomes[0].body, "it was just made")
    opened = open_welcome(welcome, whole.people["newcomer"].bundles, PSKS)
    seeds["invitation"] = Invitation(opened.group_secrets, opened.group_info)
    seeds["key package"] = mls_message(whole.person("walter").key_package())
    member = next(iter(whole.groups.values()))
    seeds["group info"] = Import(member.group_info(), service.ratchet_tree())
    return seeds
