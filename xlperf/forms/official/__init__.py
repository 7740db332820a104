"""Official forms as data, one module an edition, and how a record is parted into them."""
