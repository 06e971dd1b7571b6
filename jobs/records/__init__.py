"""Raw record files: how they are described, found wanting, read, checked and kept apart."""
