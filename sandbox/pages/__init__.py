"""What people look at: the form, the board, mail, the balances."""
