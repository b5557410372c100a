"""An import from the file to the bank: read, staged, mended, confirmed, and undone if need be."""
