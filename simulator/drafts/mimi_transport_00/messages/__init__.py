"""The wire: one module per conversation, the presentation language above each class.

common            versions, error codes, MIMIError
group_requests    the arms of DSRequestBody, one per operation
delivery          DSRequest and its authentication, DSResponse
queueing          QueueingServiceRequest and its answer
verification_key  VerificationKeyRequest and its answer
key_packages      both KeyPackage requests and their answers
labels            under which labels requests are signed
"""
