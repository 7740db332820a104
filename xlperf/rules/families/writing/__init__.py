"""How texts are written, whether they say something, and whether they were copied."""
