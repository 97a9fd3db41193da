"""Privacy Pass: tokens that are paid with and that tell nobody who got them (RFC 9576 to 9578), of type 0x0002.

What is here belongs to no draft and to no role: whoever issues, attests, redeems or asks uses it. No I/O, no clock;
time and a `Rand` are arguments, so equal input gives equal output.

    token_types                      the registered types
    challenge token issuance         the structs, and what is checked of them
    auth_field base64url             HTTP authentication (RFC 9110 11)
        www_authenticate             challenges in their field      grease   such as nobody knows
        authorization                a token in its field
    redemption                       whether a token is good
    redemption_context               windows of time, and contexts that follow from them
    directory                        what an issuer publishes
    message_signature                a provider's signature over a token request (RFC 9421)
    following                        which challenges a client follows
    holders crowds                   pseudonyms of users, and among whom they hide
    requirements                     all that is demanded
    unlinkability                    what issuer and origin find out together
    blind_rsa                        RSABSSA-SHA384-PSS-Deterministic (RFC 9474)
        pss_encoding rsa             below it
        token_keys key_generation    keys as octets, keys from a seed

What is forbidden is a `PrivacyPassError`, by a rule with the ID of the profile (`PP-CHALLENGE-3`). The randomness of a
simulator follows from a seed and its arithmetic takes longer for some numbers than for others: nobody else should use
these keys. What the RFCs leave open, and what we chose, is in the page beside this one.
"""
