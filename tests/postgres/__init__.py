"""A PostgreSQL of the tests' own: found or installed, started where nobody else can reach it, gone at the end."""
