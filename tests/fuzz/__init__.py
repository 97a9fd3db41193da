"""Fuzzing: valid input, altered in every way one can think of, against properties that always hold.

    values      a wire value as a tree of spots: walk it, replace a part, make another one up
    edits       what is altered: one edit at a time, so that a failure can be reduced to the edits that matter
    environment a federation at rest, with valid requests for every operation, put back after each accepted case
    worlds      opens environments; the scenes in them: transport_setting, room_setting (mimi-protocol-06)
    attacks     requests that are whole and must be refused, as seeds and as cases of their own
    forgery     signatures, MACs and hashes made right again after an edit, so that it gets past them
    requests    target: every endpoint, over HTTPS          wires    target: HTTP itself, malformed, over TLS
    room_requests  the same for mimi-protocol-06: also path variables, and who it is from; back_to_back  its bodies
    joins       target: who joins a room by itself          contents target: CBOR and Franks of messages
    impostors   target: the client side of a provider       bodies   target: what a server holds of bodies
    tokens      target: tokens of Privacy Pass, at an issuer and origin, and at who asks      token_texts  what is said
    decoding    target: the codec, and reading of answers   groups   target: PublicGroup, members, joiners
    http        requests, frames, pieces, as structs        framing  where a message of HTTP/1.1 ends, in every way
    odd_requests, odd_answers   the seeds of wires and of impostors: what findings were about
    witnesses   whether honest providers notice anything
    findings    what failed: recorded, reduced, replayed    campaign a run of many cases, and its summary

Environments differ in draft, HTTP version and cipher suite; `--draft` leaves those of one draft.

A case is fully given by target, seed and number: `python -m tests.fuzz --help`. All targets judge alike: a case
yields a short label for what happened, or raises, and whatever it raises is a finding.
"""
