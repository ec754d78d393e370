"""Parts of the Area map page: its pickers, what it shows, the profile of one area, and detected clusters."""
