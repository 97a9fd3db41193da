"""Wire structs (PROTOCOL.md section 3)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Tagged, struct, uint8, utf8
from simulator.mls.joining.key_package import KeyPackage


# struct { opaque requester<V>; uint8 hops; } KeysRequest;
@struct
class KeysRequest:
    requester: utf8
    hops: uint8


# enum { handed_out(0), refused(1), (255) } KeysStatus;
class KeysStatus(Enum8):
    handed_out = 0
    refused = 1


# case handed_out: KeyPackage key_packages<V>;
@struct
class KeysHandedOut:
    key_packages: tuple[KeyPackage, ...]


# case refused:    opaque code<V>; opaque words<V>;
@struct
class KeysRefused:
    code: utf8
    words: utf8


KeysResult: TypeAlias = Annotated[
    KeysHandedOut | KeysRefused,
    Tagged(KeysStatus, {KeysStatus.handed_out: KeysHandedOut, KeysStatus.refused: KeysRefused}),
]


# struct { KeysStatus status; select (status) { ... }; } KeysResponse;
@struct
class KeysResponse:
    result: KeysResult
