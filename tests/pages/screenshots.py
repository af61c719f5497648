"""Take the pictures that the documents show.

usage: .venv/bin/python tests/pages/screenshots.py      (writes docs/*.png; needs Chromium)
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from pathlib import Path

from browser import PAGES, browser, dashboard, visit
from PIL import Image

DOCS = Path(__file__).parents[2] / "docs"


WIDTHS = (1440, 1024)


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    os.environ["LEAD_DATABASE_URL"] = f"sqlite:///{tempfile.mkdtemp()}/scenarios.sqlite"
    with dashboard() as address, browser(chromium) as started:
        for width in WIDTHS:
            with visit(started, address, width) as seen:
                for path, name in PAGES.items():
                    seen.open(path, "?scenario=expansion_2018")
                    seen.settle(frames=60)  # the tables' grids come with a movement
                    target = DOCS / f"{name.split()[0].lower()}{'' if width == WIDTHS[0] else f'_{width}'}.png"
                    picture = Image.open(io.BytesIO(seen.page.screenshot()))
                    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
                    print(target.name)


if __name__ == "__main__":
    main()
