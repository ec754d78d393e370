"""The command line: ``python -m data``. Each command asks services and writes what they answer."""
