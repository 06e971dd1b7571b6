"""Where work runs and files lie: Spark, Java, blocks, stores and URIs."""
