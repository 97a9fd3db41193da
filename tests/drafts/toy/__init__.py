"""toy-1: a draft of one endpoint, to prove that a draft is one folder and one line. Its wire is in PROTOCOL.md.

messages.py   structs               refusals.py      refusals with HTTP status 200
sender.py     From, and all checks  keys.py          the endpoint, whose handler asks a third provider
rules.py      who gets KeyPackages  discovery.py     a URL template is the document
"""

from pathlib import Path

from simulator.codec import declared_in
from simulator.drafts.draft import Draft
from simulator.drafts.endpoint_words import Meaning
from simulator.drafts.features import DraftFeature

from . import messages, rules
from .discovery import DISCOVERY, TEMPLATE
from .keys import KEYS, honest, write_fetch
from .refusals import CODES, REFUSALS
from .requirements import REQUIREMENTS
from .sender import CHECKS

DRAFT = Draft(
    name="toy-1",
    version=1,
    endpoints=(TEMPLATE, KEYS),
    discovery=DISCOVERY,
    write=rules.write,
    write_delivery=rules.write_delivery,
    read_message=rules.read_message,
    write_fetch=write_fetch,
    refusals=REFUSALS,
    checks=CHECKS,
    rules=rules,
    resign=rules.resign,
    honest=honest,
    codes=CODES,
    requirements=REQUIREMENTS,
    declares=(__name__,),
    page=Path(__file__).parent / "PROTOCOL.md",
    structs=declared_in(messages),
    words={"key_packages": Meaning("keys"), "discovery": Meaning("template")},
    lacks={
        **dict.fromkeys(
            (
                DraftFeature.groups,
                DraftFeature.connection_groups,
                DraftFeature.delete_group,
                DraftFeature.re_initialize_group,
            ),
            "there are only requests for KeyPackages",
        ),
        DraftFeature.consent: "everybody gets KeyPackages of everybody",
        DraftFeature.provider_keys: "providers show certificates, and sign nothing",
        DraftFeature.service_hosts: "a provider serves at its own domain",
        DraftFeature.shared_hosts: "a provider serves at its own domain",
        DraftFeature.optional_mutual_tls: "providers always show certificates",
        DraftFeature.last_resort: "a KeyPackage is handed out once",
        DraftFeature.key_packages_for_connections: "all KeyPackages are of one kind",
    },
)
