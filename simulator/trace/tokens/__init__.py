"""What a trace says of tokens of Privacy Pass, by the bytes that were recorded.

    bodies       token requests, their answers and directories, as trees
    fields       the headers that belong to tokens, field by field and as a sentence
    sentences    what an exchange says, in one of them
    challenges   which challenges a trace has shown: a token names its own by a digest alone

The structs are those of RFC 9577 and 9578, which no draft changes: so a trace carries no layout of them, and is read
without a draft and by later versions.
"""
