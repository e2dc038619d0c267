"""How much of what careful editors wrote down about damaged texts our ebooks get right: `make score`."""
