"""Office documents into issues: facts about paragraphs first, what they mean second.

python-docx opens packages and finds their parts (``package``, its only door); their XML is walked
here, because every reader that gives text loses what matters in Chinese offices: faces, dots
below characters, text boxes, tracked changes, numbers that Word counts.
"""
