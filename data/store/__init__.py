"""The store: the one folder that speaks SQL. Every read and write takes a Principal.

Here belong the tables and their migrations, what is kept in them and in which form (rows, counts, releases, areas,
people, audit), backups, and how damage is noticed. What a person may see, and what happens on an import, is decided in
``data.services``.
"""
