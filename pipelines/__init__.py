"""What is run, and in which order: command line, configuration, stage graph, run ledger."""
