"""What rules know of texts: words, likeness, quantities, the fields that hold prose."""
