"""A rule that is one of several checks of a requirement, for the tests of coverage."""

from simulator.rules import Rule
from simulator.services.refusal import Code, Refusal

HEAD = Rule("T-SECURITY-RECIPIENT", lambda words: Refusal(Code.wrong_recipient, words), part="HEAD")
