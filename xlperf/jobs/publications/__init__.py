"""Published documents: written in each format, and proven by importing them again."""
