"""With which key a hub signs what it franks ([P] 5.4.1; the text calls the component franking_agent)."""

from simulator.codec import opaque, struct
from simulator.mls.tree.credential import Credential


# [P] 5.4.1
# struct {
#     SignaturePublicKey franking_signature_key;
#     Credential credential;
# } FrankingAgentData;
@struct
class FrankingAgentData:
    franking_signature_key: opaque
    credential: Credential
