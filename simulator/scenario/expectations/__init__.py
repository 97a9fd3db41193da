"""What a scenario can expect: one file each, and the union here, which is the only list of them."""

from typing import TypeAlias, get_args

from simulator.scenario.expectations.agreement import Agreement
from simulator.scenario.expectations.anonymity import Anonymity
from simulator.scenario.expectations.challenge_ignored import ChallengeIgnored
from simulator.scenario.expectations.connected import Connected
from simulator.scenario.expectations.connection_requests import ConnectionRequests
from simulator.scenario.expectations.consistent import Consistent
from simulator.scenario.expectations.delivered import Delivered
from simulator.scenario.expectations.delivery_time import DeliveryTime
from simulator.scenario.expectations.downloaded import Downloaded
from simulator.scenario.expectations.inbox import Inbox
from simulator.scenario.expectations.issued import Issued
from simulator.scenario.expectations.key_packages import KeyPackagesLeft
from simulator.scenario.expectations.may_reject import MayReject
from simulator.scenario.expectations.members import Members
from simulator.scenario.expectations.named import Named
from simulator.scenario.expectations.not_named import NotNamed
from simulator.scenario.expectations.not_received import NotReceived
from simulator.scenario.expectations.noticed import Noticed
from simulator.scenario.expectations.queued import Queued
from simulator.scenario.expectations.received import Received
from simulator.scenario.expectations.redeemed import Redeemed
from simulator.scenario.expectations.rejected import RejectedBy
from simulator.scenario.expectations.reported import Reported
from simulator.scenario.expectations.requests import Requests
from simulator.scenario.expectations.roles import Roles
from simulator.scenario.expectations.same_answers import SameAnswers
from simulator.scenario.expectations.split import Split
from simulator.scenario.expectations.tokens import Tokens
from simulator.scenario.expectations.unchanged import Unchanged
from simulator.scenario.expectations.undelivered import Undelivered
from simulator.scenario.step import Expectation, keyword

AnyExpectation: TypeAlias = (
    Received
    | NotReceived
    | Inbox
    | Downloaded
    | Queued
    | Members
    | Roles
    | Agreement
    | Split
    | Consistent
    | Delivered
    | DeliveryTime
    | Connected
    | ConnectionRequests
    | KeyPackagesLeft
    | Requests
    | SameAnswers
    | Reported
    | Undelivered
    | Unchanged
    | RejectedBy
    | Noticed
    | MayReject
    | Tokens
    | Issued
    | Redeemed
    | NotNamed
    | Named
    | ChallengeIgnored
    | Anonymity
)

EXPECTATIONS: dict[str, type[Expectation]] = {keyword(kind): kind for kind in get_args(AnyExpectation)}
