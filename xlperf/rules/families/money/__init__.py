"""Whether amounts, shares and the numbers of texts add up and agree."""
