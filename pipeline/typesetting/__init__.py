"""What WeasyPrint's line setting needs from us: the seam to its internals is in this package and nowhere else."""
