"""``python -m paperkb``."""

from paperkb.cli.main import main

main()
