"""What fuzzers know of this draft, all in one: `FUZZING`.

signing    how requests that were altered are signed again
questions  what no client asks, and what hubs tell their followers
joins      what a hub offers to a client that joins by itself, altered before it is encrypted
contents   a target of its own: what application messages say
"""

from simulator.drafts.fuzzing import Fuzzing, GroupChange
from simulator.drafts.mimi_protocol_06.fuzzing.contents import Contents
from simulator.drafts.mimi_protocol_06.fuzzing.joins import Offer
from simulator.drafts.mimi_protocol_06.fuzzing.questions import news, questions
from simulator.drafts.mimi_protocol_06.fuzzing.signing import sign_again
from simulator.drafts.mimi_protocol_06.rules.hub_keys import proposing_sign
from simulator.services.refusal import Code

FUZZING = Fuzzing(
    sign_again=sign_again,
    sign=proposing_sign,
    left_to_members=frozenset({"own_commit"}),  # a sender's provider, which knows of no request, brings it back to it
    changes=(
        GroupChange({"carol": "banned"}),
        GroupChange({"bob": "group_admin"}, {"name": "Clubhouse"}),
        GroupChange(settings={"max_users": 9}),
        GroupChange(settings={"open": True}, code=Code.not_authorized),
    ),
    questions=questions,
    news=news,
    offer=Offer(),
    targets={"contents": Contents},
)
