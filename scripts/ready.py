"""Write ``themes/ready.json`` and ``themes/settled`` anew, after a theme that brieftex brings along
was changed, or the values that themes have."""

from __future__ import annotations

from brieftex.input.theme.layers import layered_theme, theme_files
from brieftex.input.theme.locate import BUILT_IN, theme_names
from brieftex.input.theme.ready import ready_file
from brieftex.input.theme.settled import SETTLED, settled_file

if __name__ == "__main__":
    (BUILT_IN / "ready.json").write_bytes(ready_file())
    SETTLED.mkdir(exist_ok=True)
    for name in theme_names():
        theme = layered_theme(name, BUILT_IN)
        (SETTLED / f"{name}.json").write_bytes(settled_file(theme, theme_files(name, BUILT_IN)))
