"""The wire: one module per endpoint, the presentation language above each class.

common            what several of them share
key_material      KeyMaterialRequest and its answer
update            UpdateRequest with its bundles, and its answer
submit_message    SubmitMessageRequest and its answer
notify            FanoutMessage
group_info        GroupInfoRequest and its answer, which is encrypted for the joiner
consent           ConsentEntry
identifier_query  IdentifierRequest and its answer
abuse_report      AbuseReport
labels            under which labels structs are signed and encrypted

Protocol is one octet that has to be mls10, but in key_material, whose answer says which protocols are not spoken.
"""
