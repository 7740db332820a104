"""What rules know of numbers in texts: quantities, things counted, dates, amounts, agreement."""
