"""Money in other places' forms: what a sum is counted in, rows and columns of funds."""
