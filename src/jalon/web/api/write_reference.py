"""`python -m jalon.web.api.write_reference`: writes docs/reference/api.md from the schema of the API."""

import os

import django

from jalon.home import CHECKOUT

TARGET = CHECKOUT / "docs" / "reference" / "api.md"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.settings")
    django.setup()
    from jalon.web.api.reference import markdown

    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
