"""Forms whose head stands in prose: labels in lines of text, and the heads made of them."""
