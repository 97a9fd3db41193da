"""The command line: a thin face in front of `scenario`.

main      the process, its exit code            app       the root of it; `commands/` one file each
running/  which scenarios, one by one or side by side (pool, worker), and what a terminal shows meanwhile (progress)
output/   where all of it is written (console, streams) and how results read (lines, junit, tap, ...)

Nothing is imported here: `terminal` has to look at the environment before the libraries do that read it.
"""
