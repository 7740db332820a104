"""What single buttons need beside the book: fixes, navigation, folders, preconditions."""
