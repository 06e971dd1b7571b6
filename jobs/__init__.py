"""Stages and what they stand on: tables in, kernels called, tables out. The only code that knows Spark."""
