"""The MIMI federation simulator."""
