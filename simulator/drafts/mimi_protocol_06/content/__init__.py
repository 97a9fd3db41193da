"""What an application message says, and by what a hub can be held to have accepted it ([MC], [P] 5.4.1).

mimi_content   the content as deterministic CBOR        franking_tag   the sender's commitment to it, beside the message
franking       what the hub asserts of a tag            received       what a receiver makes of all of it
reported       what the hub makes of it when it is reported
"""
