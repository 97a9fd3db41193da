"""What the command line writes, for people and for programs."""
