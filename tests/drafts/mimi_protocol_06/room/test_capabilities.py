from simulator.drafts.mimi_protocol_06.room.capabilities import Capability, shown


def test_names_are_those_of_the_registry() -> None:
    assert shown(Capability.add_participant) == "canAddParticipant"
    assert shown(Capability.un_ban) == "canUnBan"
    assert shown(Capability.send_mls_psk_proposal) == "canSendMLSPSKProposal"
    assert shown(Capability.change_mls_operational_policies) == "canChangeMlsOperationalPolicies"
    assert len(Capability) == 18 + 18 + 12 + 5 + 4 + 8 + 6 + 6
