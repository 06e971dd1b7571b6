"""Search of bytes and columns for identifiers."""
