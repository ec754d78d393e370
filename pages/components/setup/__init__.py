"""Parts of the Set up page: the checklist, files dropped together, and the plan of what they bring."""
