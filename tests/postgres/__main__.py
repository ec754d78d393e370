"""``python -m tests.postgres`` makes sure of a PostgreSQL server for the tests."""

import sys

from tests.postgres.programs import main

sys.exit(main())
