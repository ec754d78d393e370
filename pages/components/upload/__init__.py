"""Parts of the Upload page: choosing files, matching columns, checking, and importing."""
