"""Reading pages and writing what became of them."""
