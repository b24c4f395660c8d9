"""Many issues, or an agenda and its papers, in one file: yearbooks (合订本) and meeting volumes."""
