"""The command line: ``python -m data``. ``commands`` lists the commands; the other files hold them by their purpose.

Here lives how a command is written, asks, speaks and ends. What it does is in ``data.services`` and ``data.store``:
nothing is computed here.

A file imports at its top only what options and their help need, and a command imports in its first lines what it uses.
So help, a mistyped option and ``status`` do not wait for libraries of tables, shapes and statistics to load.
"""
