"""Runs scenarios: a session, one step after the other, each settled and checked.

    building (the federation that a file wants) -> runner -> step_run (one step) -> context (what a step acts through)

`fields`, `http_text`, `signing` and `answers` are what steps build requests with and read answers by; `membership` and
`differences` serve expectations; `tracing` keeps a run as a trace.
"""
