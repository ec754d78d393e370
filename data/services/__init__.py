"""Services: what the product does with a store and a person who asks: import, release, show, export, verify.

Here is decided who sees exact counts (``visibility``). SQL lives in ``data.store``; how a command speaks, in
``data.cli``.
"""
