"""One page kind, one file: ``compose(context, page id) → Page``."""
