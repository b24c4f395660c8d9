"""A finished file is held against what was written in the issue file, read a second time.

The second reading shares nothing with the one that the pages were made from: neither the readers of
``input`` nor ``compose`` nor their values. What both lost in the same way would have to be wrong in
two programs. It knows less: whether a mark of Markdown is one, it does not judge, and it leaves
white space and paragraphs out of account.
"""
