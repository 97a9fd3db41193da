"""The command line: a thin face in front of `scenario`.

main      the process, its exit code            app       the root of it; `commands/` one file each
running   runs scenarios, watches for Ctrl-C    progress  what a terminal shows meanwhile
lines     how results read                      exits     the exit codes
console   where all of it is written            streams   standard input, output and error, whatever they are

Nothing is imported here: `terminal` has to look at the environment before the libraries do that read it.
"""
