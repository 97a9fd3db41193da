"""The messaging layer security protocol, RFC 9420, by topic; and some of draft-ietf-mls-extensions.

Used by the services of a provider, and by clients. The package itself uses only `codec`: no network, no clock, no
randomness of its own. Time, bytes and a `Rand` are arguments, so equal input gives equal output.

    structs     tree: credential leaf_node node             joining: key_package group_info welcome
                framing: framing message safe_aad           key_schedule: group_context psk
                proposals: proposals self_remove app_data_update        commits: commit
                extensions: extension app_data_dictionary
                    |
    crypto      suites, HPKE, signatures, labels
                    |
    state       tree: tree_math -> ratchet_tree -> treekem     key_schedule: key_schedule -> secret_tree
                    |                                                   |
    messages    framing: public_message, private_message, transcript
                    |
    rules       framing: senders     proposals: proposal_rules, proposal_list, context_extensions, proposal_support,
                self_remove_rules    tree: roster    commits: commit_rules    extensions: components
                    |                                                   |
    epochs      proposals: proposal_apply -> commits: epoch_change      joining: group_import (one from outside)
                    |                                                   |
    groups      public_group: what a provider can check
                    |
                member_state: what a member knows on top
                    |
                joining: founding, join     commits: external_commit, successor      how one gets in
                framing: outgoing, incoming     commits: commit_builder              what one sends and gets
                    |
                group: all of a member's operations in one place

Structs are decoded bytes and nothing more; everything that was verified has another type. All objects are values: an
operation returns the next one, and one that fails has changed nothing. What RFC 9420 forbids is an `MLSError`, with
the rule and its section; what can't even be read is a `DecodeError` of the codec.
"""
