"""The linear model: scores, decoding, cuts, and its file."""
