"""A message as its sender said it and its hub franked it: the known answers of the profile."""

from simulator.drafts.mimi_protocol_06.content.franking import FrankingKeys, ServerFrankingContext, frank
from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data, franking_tag
from simulator.drafts.mimi_protocol_06.content.mimi_content import encode_content
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.mls.crypto.suite import cipher_suite
from simulator.mls.tree.credential import BasicCredential

HUB = "mimi://a.example"
ROOM = "mimi://a.example/r/clubhouse"
BOB = "mimi://b.example/u/bob"
SUITE = cipher_suite(1)
SALT = bytes(range(16))
TIME = 1_767_225_600_000
KEYS = FrankingKeys(b"\x42" * 32, b"\x07" * 32)

CONTENT = encode_content(SALT, BOB, ROOM, b"Hi")
TAG = franking_tag(SALT, CONTENT)
AUTHENTICATED = authenticated_data(TAG)
CONTEXT = ServerFrankingContext(BOB, ROOM, TIME)
FRANK = frank(TAG, CONTEXT, KEYS, SUITE)
AGENT = FrankingAgentData(SUITE.signature.key_pair(KEYS.private_key).public, BasicCredential(HUB.encode()))
