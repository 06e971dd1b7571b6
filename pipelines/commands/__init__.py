"""One group of commands a module; `pipelines/cli.py` puts them together."""
