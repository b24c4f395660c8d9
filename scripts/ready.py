"""Write ``themes/ready.json`` anew, after a theme that brieftex brings along was changed."""

from __future__ import annotations

from brieftex.input.theme.locate import BUILT_IN
from brieftex.input.theme.ready import ready_file

if __name__ == "__main__":
    (BUILT_IN / "ready.json").write_bytes(ready_file())
