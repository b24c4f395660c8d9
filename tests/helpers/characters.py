"""The characters that Hypothesis makes texts of. Its own ``st.text()`` means the same, but asks a
codec about each code point first, which takes seconds where that is not in its cache yet."""

from __future__ import annotations

from hypothesis import strategies as st

UTF8 = st.characters(exclude_categories=["Cs"])
"""All that a file in UTF-8 can hold: no half of a surrogate pair."""
