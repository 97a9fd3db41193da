"""What is said in this draft only, besides its name, its endpoints and its structs: as in mimi-transport-00."""

from simulator.drafts.mimi_transport_00.vocabulary import VOCABULARY as FIRST

VOCABULARY = (*FIRST, r"(?i:transaction[ _-]?(type|envelope))", r"mimi\.delivery-service")
