"""Roll-ups of many files: where they are, who reads them, what is set aside."""
