"""The rules by which an owner serves its groups. The package itself is the draft's DraftRules (services)."""

from simulator.drafts.mimi_transport_00.rules.unchecked import take_commit, take_group
from simulator.services.delivery.removals_by_provider import clients_gone

__all__ = ["clients_gone", "take_commit", "take_group"]
