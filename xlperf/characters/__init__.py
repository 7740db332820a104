"""Characters that are not what they look like: control characters, radicals, printed numerals."""
