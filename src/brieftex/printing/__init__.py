"""An issue on paper: numbered copies, sheets and the ticket, put together from their parts."""
