"""What people see at a terminal. Only this package and the commands import rich."""
