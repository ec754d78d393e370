"""Parts of the Local context page: what is around a school, what was detected there, density, and when."""
