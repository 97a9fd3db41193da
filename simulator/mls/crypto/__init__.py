"""Cipher suites and the labelled operations of RFC 9420 5."""
