"""The operators' commands, gathered in ``cli.py``."""
