"""Fuzzing a server that somebody else runs, from outside: nothing of its insides can be looked at, or put back.

    server    the server, as an overlay's file puts it in the place of one of our providers
    opening   the federation around it, opened; scene: what is done with it until there are valid requests to alter
    exchange  one request to it, and an honest question behind it
    verdicts  what an answer of its is: as it should be, or wrong in one way of several
    requests  target: requests to every endpoint that it has        wires  target: HTTP itself, over TLS

What is judged is what can be known from outside without a doubt: it says that it has failed, it does not answer, or not
in time, or nothing that its draft allows, it takes what can't be read, or it serves others no longer.
"""
