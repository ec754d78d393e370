"""``python -m data``: the commands."""

from data.cli.commands import main

if __name__ == "__main__":
    main()
