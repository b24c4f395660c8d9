"""A keyring of the tests: passwords in a file that the environment names, a lock beside it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class FileKeyring(KeyringBackend):
    """Chosen by PYTHON_KEYRING_BACKEND, as keyring chooses any."""

    priority = 1.0  # type: ignore[assignment]

    @property
    def _file(self) -> Path:
        return Path(os.environ["TEST_KEYRING"])

    def _kept(self) -> dict[str, str]:
        if self._file.with_suffix(".locked").exists():
            raise KeyringLocked("locked")
        made: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
        return made

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps({**self._kept(), f"{service}/{username}": password}))
