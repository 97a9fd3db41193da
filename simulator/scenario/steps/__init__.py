"""What can happen in a scenario: one file each, and the union here, which is the only list of them."""

from typing import TypeAlias, get_args

from simulator.scenario.step import Step, keyword
from simulator.scenario.steps.accept_connection import AcceptConnection
from simulator.scenario.steps.add_clients import AddClients
from simulator.scenario.steps.add_users import AddUsers
from simulator.scenario.steps.advance import Advance
from simulator.scenario.steps.answer import Answer
from simulator.scenario.steps.ask_as_others import AskAsOthers
from simulator.scenario.steps.behave import Behave
from simulator.scenario.steps.broken_path import BrokenPath
from simulator.scenario.steps.capture import Capture
from simulator.scenario.steps.change_group import ChangeGroup
from simulator.scenario.steps.connect import Connect
from simulator.scenario.steps.crash import Crash
from simulator.scenario.steps.create_group import CreateGroup
from simulator.scenario.steps.delete_group import DeleteGroup
from simulator.scenario.steps.download import Download
from simulator.scenario.steps.equivocate import Equivocate
from simulator.scenario.steps.external_join import ExternalJoin
from simulator.scenario.steps.fault import InjectFaults
from simulator.scenario.steps.fetch_tokens import FetchTokens
from simulator.scenario.steps.find_user import FindUser
from simulator.scenario.steps.forge_connection import ForgeConnection
from simulator.scenario.steps.forward import Forward
from simulator.scenario.steps.ghost import Ghost
from simulator.scenario.steps.half_handshakes import HalfHandshakes
from simulator.scenario.steps.ignore_connection import IgnoreConnection
from simulator.scenario.steps.impersonate import Impersonate
from simulator.scenario.steps.impossible_successor import ImpossibleSuccessor
from simulator.scenario.steps.issue_selectively import IssueSelectively
from simulator.scenario.steps.leave import Leave
from simulator.scenario.steps.lie_about_key import LieAboutKey
from simulator.scenario.steps.lie_about_token_key import LieAboutTokenKey
from simulator.scenario.steps.lie_in_challenges import LieInChallenges
from simulator.scenario.steps.lie_in_discovery import LieInDiscovery
from simulator.scenario.steps.lose_state import LoseState
from simulator.scenario.steps.odd_commit import OddCommitStep
from simulator.scenario.steps.odd_group import OddGroupStep
from simulator.scenario.steps.odd_join import OddJoinStep
from simulator.scenario.steps.odd_key_package import OddKeyPackage
from simulator.scenario.steps.odd_message import OddMessageStep
from simulator.scenario.steps.odd_path import OddPathStep
from simulator.scenario.steps.odd_proposal import OddProposal
from simulator.scenario.steps.odd_request import OddRequestStep
from simulator.scenario.steps.odd_tree import OddTreeStep
from simulator.scenario.steps.odd_welcome import OddWelcomeStep
from simulator.scenario.steps.offline import Offline
from simulator.scenario.steps.online import Online
from simulator.scenario.steps.present_certificate import PresentCertificate
from simulator.scenario.steps.probe_tls import ProbeTLS
from simulator.scenario.steps.publish_key_packages import PublishKeyPackages
from simulator.scenario.steps.race import Race
from simulator.scenario.steps.random_operations import RandomOperations
from simulator.scenario.steps.relay_challenge import RelayChallenge
from simulator.scenario.steps.remove_account import RemoveAccount
from simulator.scenario.steps.remove_clients import RemoveClients
from simulator.scenario.steps.remove_device import RemoveDevice
from simulator.scenario.steps.remove_users import RemoveUsers
from simulator.scenario.steps.reorder import Reorder
from simulator.scenario.steps.repair import Repair
from simulator.scenario.steps.replay import Replay
from simulator.scenario.steps.report import Report
from simulator.scenario.steps.request import SendRequest
from simulator.scenario.steps.request_connection import RequestConnection
from simulator.scenario.steps.resync import Resync
from simulator.scenario.steps.rotate_token_key import RotateTokenKey
from simulator.scenario.steps.searchable import Searchable
from simulator.scenario.steps.send import Send
from simulator.scenario.steps.spoof import Spoof
from simulator.scenario.steps.start import Start
from simulator.scenario.steps.steal_tokens import StealTokens
from simulator.scenario.steps.substitute import Substitute
from simulator.scenario.steps.tamper import Tamper
from simulator.scenario.steps.tell import Tell
from simulator.scenario.steps.together import Together
from simulator.scenario.steps.update_client import UpdateClient
from simulator.scenario.steps.waive import Waive
from simulator.scenario.steps.withhold import Withhold
from simulator.scenario.steps.wrong_confirmation_tag import WrongConfirmationTag
from simulator.scenario.steps.wrong_external_pub import WrongExternalPub
from simulator.scenario.steps.wrong_membership_tag import WrongMembershipTag
from simulator.scenario.steps.wrong_path_secret import WrongPathSecret

AnyStep: TypeAlias = (
    Connect
    | RequestConnection
    | AcceptConnection
    | IgnoreConnection
    | FindUser
    | Searchable
    | PublishKeyPackages
    | CreateGroup
    | AddUsers
    | RemoveUsers
    | AddClients
    | RemoveClients
    | Leave
    | UpdateClient
    | ChangeGroup
    | DeleteGroup
    | ExternalJoin
    | LoseState
    | Resync
    | Send
    | Download
    | Report
    | Race
    | Together
    | RandomOperations
    | Offline
    | Online
    | RemoveDevice
    | RemoveAccount
    | Advance
    | InjectFaults
    | Repair
    | Crash
    | Start
    | Capture
    | Tamper
    | Forward
    | Replay
    | SendRequest
    | Answer
    | BrokenPath
    | OddPathStep
    | Equivocate
    | ForgeConnection
    | Ghost
    | Impersonate
    | ImpossibleSuccessor
    | LieAboutKey
    | LieInDiscovery
    | Reorder
    | Spoof
    | Substitute
    | Tell
    | Waive
    | Withhold
    | WrongConfirmationTag
    | WrongExternalPub
    | WrongMembershipTag
    | WrongPathSecret
    | Behave
    | ProbeTLS
    | HalfHandshakes
    | PresentCertificate
    | OddCommitStep
    | OddGroupStep
    | OddJoinStep
    | OddKeyPackage
    | OddMessageStep
    | OddProposal
    | OddRequestStep
    | OddTreeStep
    | OddWelcomeStep
    | RotateTokenKey
    | StealTokens
    | RelayChallenge
    | AskAsOthers
    | FetchTokens
    | IssueSelectively
    | LieAboutTokenKey
    | LieInChallenges
)

STEPS: dict[str, type[Step]] = {keyword(kind): kind for kind in get_args(AnyStep)}
