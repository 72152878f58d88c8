"""Some pages of a home's last edition published: `python tests/browser/published.py / /en/mal/1/`."""

import os
import sys

import django


def publish(addresses: list[str]) -> None:
    """Write these pages, and what the look is built of, as `veikart publish` writes them."""
    from django.conf import settings  # noqa: PLC0415 (after setup)

    from veikart.editions import queries  # noqa: PLC0415 (as above)
    from veikart.publishing import manifest, site, writing  # noqa: PLC0415 (as above)

    shelf = manifest.state_of(settings.EDITIONS_FOLDER)
    edition, *older = queries.editions()
    wanted = {f"{address}index.html".removeprefix("/") for address in addresses}
    files = [
        file
        for file in site.site_files(edition, (edition, *older))
        if file.path in wanted or file.path.startswith("static/")
    ]
    missing = wanted - {file.path for file in files}
    assert not missing, missing
    said = manifest.Manifest(edition=edition.number, sha256=edition.sha256, shelf=shelf)
    writing.write_files(files, settings.SITE_FOLDER, said=said, processes=1)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veikart.config.settings")
    django.setup()
    publish(sys.argv[1:])
