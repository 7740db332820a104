"""The catalogue: rules in families, one module each. Machinery stands elsewhere."""
