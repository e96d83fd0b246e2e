"""The generated character tables: see `make`, which writes them."""
