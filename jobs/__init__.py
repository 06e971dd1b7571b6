"""One stage per module: tables in, kernels called, tables out. The only code that knows Spark."""
