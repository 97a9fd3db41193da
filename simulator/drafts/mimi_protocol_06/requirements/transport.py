"""Sections 1 to 3: names, mutual TLS and From, the directory, and what is checked of every request."""

from simulator.rules import (
    Answer,
    Failed,
    HandshakeRefused,
    Met,
    Refused,
    duty,
    excused,
    prohibition,
    section,
)

DISCOVERED = Answer("directory")

REQUIREMENTS = (
    *section(
        "P",
        "Transport",
        prohibition("P6-2-MUTUAL-TLS", "Who shows no certificate gets no connection.", HandshakeRefused()),
        prohibition("P6-2-FROM", "A request has exactly one From, mimi@ and the name of the provider that asks."),
        prohibition("P6-2-FROM-CERTIFICATE", "The certificate of the TLS client is of the provider in From."),
        prohibition(
            "P6-2-PROVIDER-CERTIFICATE",
            "The certificate of the TLS server is of the provider that is meant, and of the URL's host.",
            Failed("certificate"),
        ),
        duty("P6-2-DIRECTORY-FIRST", "Whoever asks a provider has its directory, which names its URLs.", DISCOVERED),
        prohibition("P6-2-NOT-OFFERED", "Nothing is asked at an endpoint that a directory does not have.", Failed()),
        prohibition(
            "P6-2-TEMPLATE-VARIABLE", "A URL template has a variable for which the request has a value.", Failed()
        ),
        excused(
            "P6-2-REQUEST-URI-PROVIDER",
            "Host names the target provider.",
            "contradicts RFC 9110 for URLs at another host: Host is the URL's authority",
        ),
    ),
    *section(
        "profile",
        "Transport: connections and directory",
        prohibition("P6-2-TLS13", "TLS has version 1.3; a peer with less gets no connection.", HandshakeRefused()),
        duty(
            "P6-2-HTTP",
            "Servers speak HTTP/1.1 and HTTP/2, whichever the client prefers.",
            Answer(http_version="1.1"),
            Answer(http_version="2"),
        ),
        duty("P6-2-DIRECTORY-CACHE", "A directory is used again as long as it says, an hour at most.", Met("requests")),
        prohibition(
            "P6-2-DIRECTORY",
            "A directory comes with 200, as one JSON object of at most 64 KiB, with https URLs that are not ours.",
            Failed(),
        ),
    ),
    *section(
        "profile",
        "Transport: checks, in their order",
        prohibition("P6-2-421", "A request for a host name that is not ours gets 421.", Refused(http=421)),
        prohibition("P6-2-404", "An unknown path gets 404.", Refused("unsupported_operation", 404)),
        prohibition("P6-2-405", "Another method than the endpoint's gets 405 and an Allow header.", Refused(http=405)),
        prohibition("P6-2-415", "Another content type, or a content coding, gets 415.", Refused(http=415)),
        prohibition("P6-2-413", "A body over the limit, or of more than 32,768 values, gets 413.", Refused(http=413)),
        prohibition("P6-2-PATH-NAME", "A path variable that is no name of its kind gets 400."),
        prohibition("P6-2-BODY", "A body that is not one struct to its end, or has a wrong name in it, gets 400."),
        prohibition("P6-2-ROOM-OURS", "A room that is none of ours gets 404."),
        prohibition("P6-2-AGREES", "What path and body both name is the same; else 400."),
    ),
    *section(
        "profile",
        "Encoding",
        prohibition("P6-3-DICTIONARY", "The entries of an AppDataDictionary ascend by component; else 400."),
    ),
)
