"""Parts of the School-day clock page."""
