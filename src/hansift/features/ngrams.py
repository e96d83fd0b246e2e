"""Hashed character n-grams: each falls into a bucket of its order's table of weights."""

from __future__ import annotations

ORDERS = 3
BUCKETS = 1 << 16
"""Buckets an order; a unigram's bucket is its folded unit, so that order 1 has no collisions.

An n-gram belongs to the position of its last unit. The line break before a line counts as its first unit, its own as
its last; an n-gram that would reach further back, into the line before, falls into bucket 0.
"""
