"""Section 4.9: assets, and who fetches what from whom."""

from simulator.rules import Answer, Event, duty, prohibition, section

REQUIREMENTS = (
    *section(
        "P",
        "Download Files",
        duty("P6-4.9-PROXY", "GET proxyDownload: a hub fetches an asset for a follower.", Answer("proxyDownload")),
        prohibition("P6-4.9-ASSET-HOST", "A hub fetches nothing but assets of its peers: it is no open proxy."),
    ),
    *section(
        "MC",
        "External content",
        duty("P6-4.9-EXTERNAL", "A message refers to an asset by URL, size, key and hash.", Event("Downloaded")),
        prohibition("P6-4.9-AS-SAID", "What is downloaded has the size, the hash and the key that the message says."),
        prohibition("P6-4.9-EXPIRES", "An asset is of no use once its time is over."),
    ),
    *section(
        "RP",
        "Asset policies component",
        prohibition("P6-4.9-PLACE", "The host in an asset's URL is one for the provider of the message's sender."),
    ),
    *section(
        "profile",
        "Assets",
        duty(
            "P6-4.9-HUB-ASKS",
            "The asset's provider is asked by the hub, in its own name: GET asset.",
            Answer("asset"),
        ),
        prohibition("P6-4.9-SENDER", "Who asks a hub for an asset is a provider with a participant in its rooms."),
        prohibition("P6-4.9-KNOWN", "An asset that is not there, or no more, is refused with 404."),
        prohibition("P6-4.9-BAD-GATEWAY", "An asset's provider that fails, refuses or redirects: the hub says 502."),
        prohibition("P6-4.9-TIMEOUT", "An asset's provider that takes too long: the hub says 504."),
        prohibition("P6-4.9-LARGEST", "An asset has at most 1 MiB: uploaded, announced or answered."),
        prohibition("P6-4.9-ALGORITHMS", "Assets are encrypted with AES-128-GCM and hashed with SHA-256."),
    ),
)
