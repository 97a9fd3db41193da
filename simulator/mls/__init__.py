"""The messaging layer security protocol, RFC 9420, by topic; and some of draft-ietf-mls-extensions.

Used by the services of a provider, and by clients. The package itself uses only `codec`: no network, no clock, no
randomness of its own. Time, bytes and a `Rand` are arguments, so equal input gives equal output.

    structs     credential extension leaf_node node key_package psk proposals commit
                group_context group_info welcome framing message
                self_remove, app_data_update, app_data_dictionary, safe_aad
                    |
    crypto      suites, HPKE, signatures, labels
                    |
    state       tree_math -> ratchet_tree -> treekem     key_schedule -> secret_tree
                    |                                        |
    messages    public_message, private_message, transcript
                    |
    rules       senders   proposal_rules, proposal_list   roster, context_extensions   commit_rules
                proposal_support, self_remove_rules       components: what AppDataUpdates change
                    |                  |
    epochs      proposal_apply -> epoch_change      group_import: one from outside
                    |                  |
    groups      public_group: what a provider can check
                    |
                member_state: what a member knows on top
                    |
                founding, join, external_commit, successor      how one gets in
                outgoing, commit_builder, incoming              what one sends and gets
                    |
                group: all of a member's operations in one place

Structs are decoded bytes and nothing more; everything that was verified has another type. All objects are values: an
operation returns the next one, and one that fails has changed nothing. What RFC 9420 forbids is an `MLSError`, with
the rule and its section; what can't even be read is a `DecodeError` of the codec.
"""
