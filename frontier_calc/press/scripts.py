"""The book's own scripts as its readers load them: without comments and the space between words, all names as they are.

What stands in the repository is written to be read; half of it need not travel. A script that was made light already
stays as it is, so that a site which is built on may be made light again.
"""

from pathlib import Path

from rjsmin import jsmin  # type: ignore[import-untyped]

STATIC = Path(__file__).parent / "static"


def lighten(static: Path) -> None:
    """Make the copies of our own scripts light in the folder ``static`` of a built site.

    >>> jsmin("const pace = 30; // a year\\n\\n  tell( pace );")
    'const pace=30;tell(pace);'
    """
    for own in sorted(STATIC.glob("*.js")):
        copy = static / own.name
        if copy.is_file():
            copy.write_text(jsmin(copy.read_text(encoding="utf-8")), encoding="utf-8")
