"""`python -m kinship` is the command `kinship`."""

from kinship.cli.main import main

if __name__ == "__main__":
    main()
