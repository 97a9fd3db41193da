"""Everything that fuzzing has found, as it was sent: none of it is found again."""

from tests.fuzz.campaign import target_of

NON_ASCII_METHOD = (
    "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a00002a04000000000000010000100000020000000100040000ffff000500004000"
    "0008000000000003000000640006000100000000230104000000014287c5fffc7fffed6f874189910b8d72f91d35d05f448c63b96c34a620d2"
    "63d51752fa000000000100000001"
)
NON_ASCII_PATH = (
    "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a00002a04000000000000010000100000020000000100040000ffff000500004000"
    "00080000000000030000006400060001000000002001040000000182874189910b8d72f91d35d05f449163b96c34a620d263d5175fffe3fffe"
    "efaf000000000100000001"
)
CONNECT_WITHOUT_PATH = (
    "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a0000000400000000000000170105000000010207434f4e4e454354010c64732e61"
    "2e6578616d706c65"
)
UNHEARD_OF_PSK = (
    "0001000104726f6f6d0000000000000006010000000200020004010a756e6865617264206f6620000000000000000000000000000000000000"
    "00000000000000000000000000004040646ae506ca9d8b5c755145cd880815b29fcc5c1d67394cf04ce51f6b82f7f93da2ce3f6a6195a27acf"
    "52b80bdf318b755ce8b20c5408038a5098a1a54882a90a20a3c559d285975d3f43aa45130be9c5e041b47086add6de7ef4566ad3ec63735f"
)


async def test_heads_on_http2_that_hypercorn_does_not_expect() -> None:
    """It raised UnicodeDecodeError or UnboundLocalError, and that was counted as a fault of the provider."""
    async with target_of("wires", 0) as target:
        for data in (NON_ASCII_METHOD, NON_ASCII_PATH, CONNECT_WITHOUT_PATH):
            assert await target.fire({"alpn": "h2", "data": data}) == "closes"


async def test_a_proposal_of_a_psk_that_nobody_has() -> None:
    """A member that had taken it in could not commit anything any more: its PSK was not at hand."""
    async with target_of("groups", None) as target:
        outcome = await target.fire({"import": False, "data": UNHEARD_OF_PSK})
    assert outcome == "PreSharedKey accepted, members: accepted"
