"""``python -m data``: the commands."""

from data.commands import main

main()
