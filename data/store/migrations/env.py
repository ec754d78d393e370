"""How Alembic changes a store: within the one transaction of whoever opens it (see data.store.editions)."""

from alembic import context

from data.store.editions import alembic_settings

context.configure(connection=context.config.attributes["connection"], **alembic_settings())
with context.begin_transaction():
    context.run_migrations()
