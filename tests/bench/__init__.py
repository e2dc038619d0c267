"""`python -m tests.bench`: what a build costs, as ratios to what it cannot do without."""
