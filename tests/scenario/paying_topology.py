"""A topology in which b.example demands tokens of whoever asks for connection KeyPackages, and a.example pays."""

PAYING = """name: test
topology:
  providers:
    a.example: {users: {alice: [phone], anna: [phone]}, privacy_pass: {unnamed: true}}
    b.example:
      users: {bob: [phone]}
      privacy_pass: {protects: [connection_key_packages], issues: {per: provider, tokens: 20, period: 1h}}
    c.example: {users: {carol: [phone]}}
steps:
"""
ASKED = "  - request_connection: {from: alice, to: bob}\n"
