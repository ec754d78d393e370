"""Coverage: how much of the code the tests reach, folder by folder."""
