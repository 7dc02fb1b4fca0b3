"""Run the command line as `python -m whosays`."""

from whosays.cli import main

if __name__ == "__main__":
    main()
