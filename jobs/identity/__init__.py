"""Subscribers: from identifiers to sealed numbers to pseudonyms, and the rights of the one behind."""
