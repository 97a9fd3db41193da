"""The owning side: the provider that owns a group validates every change to it, orders them and fans them out.

    serve      the door: which function carries out which command
    request    a command with who asks, and which group it is about
    access     finding the group, and proving who asks
    commits    what every commit has to fulfil
    leaves terms welcomes fanout                             what MIMI asks of a leaf, a GroupContext, Welcomes; who hears
    creation adding removing updating joining messages       the operations
    removals   the one thing the provider does of its own accord: propose that a client be removed

A group is tracked as a member would track it, without secrets (`mls.public_group`); what a member would reject is
rejected here, with a Refusal, before anything is stored or sent.
"""
