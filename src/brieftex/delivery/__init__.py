"""Publication day: readers, tickets, numbered copies, mail and the ledger behind them."""
