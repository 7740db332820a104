"""What our formulas give: a calculator over plain cells, for the functions that they use."""
