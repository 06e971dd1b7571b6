"""Text of raw records: quotes, digits, clocks, identifiers."""
