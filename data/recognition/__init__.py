"""What a file is, told by its columns and first rows: official files of any vintage, and exports of school systems."""
