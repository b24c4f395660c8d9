"""A document becomes a file of Word: the same text, numbers, faces and pages in Word's own terms.

Parts of the package are written as text; python-docx has no say in what is made here.
"""
