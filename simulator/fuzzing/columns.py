"""The columns of a campaign's table: a row a batch of cases."""

from simulator.sweep.columns import COSTS, DRAFT_COLUMN, KEY, REPEAT, VERDICT, Column

COLUMNS = (
    KEY,
    Column("target", "text", "what the cases are sent to", is_axis=True),
    Column("environment", "text", "where it lives; `none` where it needs no federation", is_axis=True),
    DRAFT_COLUMN,
    Column("seed", "whole", "the randomness of all cases follows from it, and from what else makes one"),
    Column("first", "whole", "the number of the first case"),
    VERDICT,
    Column("cases", "whole", "how many cases"),
    Column("left", "whole", "how many cases were not run, since so many before them had failed"),
    Column("findings", "whole", "how many of them have failed"),
    Column("kinds", "whole", "of how many kinds these are: what was raised where"),
    Column("accepted", "whole", "how many were accepted although they were altered"),
    Column("labels", "whole", "how many different outcomes there were"),
    Column("outcomes", "text", "as JSON: by place, how many cases had each outcome"),
    Column("altered", "text", "as JSON: what was altered in those that were accepted, the commonest first"),
    Column("digest", "text", "a sum over the cases of what was sent and what came of it"),
    Column("slowest", "whole", "the number of the case that took longest", varies=True),
    Column("slowest_seconds", "number", "how long that took", varies=True),
    Column("message", "text", "what the first case raised that failed"),
    Column("cause", "text", "its kind: what was raised where"),
    Column("failed_step", "text", "which case that was"),
    *(each for each in COSTS if each.name != "run_seconds"),
    REPEAT,
)
