"""Fuzzing: valid input, altered in every way one can think of, against properties that always hold.

    kinds       in which environments a draft is fuzzed; opening: how they are opened
    environment a federation at rest, with valid requests for every operation, put back after each accepted case
    scene       sets the scene in any draft, by the features that it has and by what it says of itself
                (`simulator.drafts.fuzzing`)
    attacks     requests that are whole and must be refused, as seeds and as cases of their own; invitations
    requests    target: every endpoint, over HTTPS; altered_requests: what is sent there; consequences: of what was
                accepted; whole_bodies: of several structs
    external/   a server that somebody else runs, from outside
    wires       target: HTTP itself, malformed, over TLS; altered_http: what is sent there
    impostors   target: the client side of a provider
    joins       target: who joins a group by itself         answers    target: reading what peers answer
    tokens      target: tokens of Privacy Pass, at an issuer and origin, and at who asks: token_federation,
                token_impostor, token_texts
    bodies      target: what a server holds of bodies: server_alone
    decoding    target: the codec                           groups     target: PublicGroup, members: whole_group
    http        requests, frames, pieces, as structs        framing    where a message of HTTP/1.1 ends, in every way
    odd_requests, odd_answers   the seeds of wires and of impostors: what findings were about; http2_requests,
                http2_answer_frames, http2_answers: what they are made of
    witnesses   whether honest providers notice anything    time_limit on code that never waits
    targets     all of them: their shares, environments, batches
    findings    what failed: recorded, reduced, replayed
    own_bug     what fuzzers take for granted of themselves
    batch       some cases of one target, and what came of them: the task of a run
    plan        a campaign as a plan of a sweep, with its columns

How values are altered and signed again is `simulator.mutation`, which drafts may import too.

A case is fully given by target, environment, seed and number. All targets judge alike: a case yields a short label for
what happened, or raises, and whatever it raises is a finding; but for an `OwnBug`, which ends its batch as a fault.
"""
