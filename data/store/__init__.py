"""The store: the only room that speaks SQL. Every read and write takes a Principal."""
