"""Privacy Pass between providers: issuing, taking and spending tokens, as decisions about values.

Rows come in and go out, and whoever calls reads and writes them in its transaction; what they are is `storage`'s.

    settings                        what one provider does with tokens
    refusals                        how what is wrong with a token is refused
    issuer   issuer_keys            which keys it signs with, and when they change
             token_requests         who asks, for whom, for what
             budgets                how many tokens it issues
             issuing                what it remembers
    origin   origin                 what it challenges with, and which tokens it takes
             spending               each token once, the same request the same answer
             redeeming              what it remembers
             unnamed_requests       who need not be named, and to what that is bound
    asker    fetching               for whom tokens are got together
             wallet payments        which token is presented, and what becomes of it
             allowances             what a provider grants each of its users
             paying                 what it remembers
"""
