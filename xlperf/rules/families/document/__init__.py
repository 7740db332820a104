"""Whether a document is whole, agrees with itself, and could be read as it stands."""
