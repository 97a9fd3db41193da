"""The owning side: the provider that owns a group validates every change to it, orders them and fans them out.

    serve                                  entry point: which function carries out which command
    request access                         what is asked for, in which group; proving who asks
    commits leaves terms welcomes          what every commit, leaf, GroupContext and Welcome has to fulfil
    fanout                                 who hears of it
    creation adding removing updating joining messages
                                           the operations
    removals                               what the provider does of its own accord: propose a removal

A group is tracked as a member would track it, without secrets (`mls.public_group`); what a member would reject is
rejected here, with a Refusal, before anything is stored or sent.
"""
