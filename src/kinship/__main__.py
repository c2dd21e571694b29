"""`python -m kinship` is the command `kinship`."""

import sys

from kinship.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
