"""``python -m brieftex`` is the brieftex command."""

from brieftex.cli import main

if __name__ == "__main__":
    main()
