"""Plain lists of projects (one row each): files, columns, rows."""
