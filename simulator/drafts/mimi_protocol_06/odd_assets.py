"""Application messages that refer to an asset which nobody must ask for, or which is not there."""

from simulator.drafts.mimi_protocol_06.content.external_part import LARGEST, SHA_256, ExternalPart
from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data, franking_tag
from simulator.drafts.mimi_protocol_06.content.mimi_content import decode_content, encode_external
from simulator.drafts.mimi_protocol_06.names import asset_url
from simulator.drafts.mls_profile import Content
from simulator.mls.crypto.aead import AES_128_GCM
from simulator.services.names import user_provider


def asset_of_nobody(content: Content) -> Content:
    """It refers to something in the network of whoever asks for it, which is no asset."""
    return _referring(content, url="http://169.254.169.254/latest/meta-data/")


def asset_elsewhere(content: Content) -> Content:
    """It refers to an asset that would be at another provider than the sender's."""
    return _referring(content, url=asset_url("elsewhere.example", "0" * 32))


def asset_expired(content: Content) -> Content:
    """It refers to an asset that was to be had until 1970."""
    return _referring(content, expires=1)


def asset_too_large(content: Content) -> Content:
    """It refers to an asset that is said to be larger than any."""
    return _referring(content, size=LARGEST + 1)


def asset_unreadable(content: Content) -> Content:
    """It refers to an asset that is encrypted as nobody has to know how."""
    return _referring(content, enc_alg=AES_128_GCM.identifier + 1)


def asset_missing(content: Content) -> Content:
    """It refers to an asset that was never uploaded."""
    return _referring(content)


CONTENTS = {
    make.__name__: make
    for make in (
        asset_of_nobody,
        asset_elsewhere,
        asset_expired,
        asset_too_large,
        asset_unreadable,
        asset_missing,
    )
}
"""By name."""


def _referring(
    content: Content,
    *,
    url: str = "",
    expires: int = 0,
    size: int = 0,
    enc_alg: int = AES_128_GCM.identifier,
) -> Content:
    """The message with a reference in the place of its text, which describes it."""
    said = decode_content(content.data)
    sender, room = str(said.sender), str(said.room)
    part = ExternalPart(
        "application/octet-stream",
        url or asset_url(user_provider(sender), "0" * 32),
        expires,
        size,
        enc_alg,
        bytes(AES_128_GCM.key_size),
        bytes(AES_128_GCM.nonce_size),
        b"",
        SHA_256,
        bytes(32),
        said.body.decode(errors="replace"),
        "",
    )
    data = encode_external(said.salt, sender, room, part)
    return Content(data, authenticated_data(franking_tag(said.salt, data)))
