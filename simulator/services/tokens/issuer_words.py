"""What the endpoint of an issuer that issues tokens is called, and where it is."""

OPERATION = "token_request"
REQUEST_URI = "/token-request"
