"""What every reader gives: a source, its pieces, blocks, and the claims on every character."""
