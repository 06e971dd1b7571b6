"""Run configurations that ship with the package, ready to copy."""
