"""One page kind, one file: ``compose(context) → pages``."""
