"""A Markdown knowledge base for research papers."""

__version__ = "0.1.0"
