"""What people look at: the form, the board, the mailbox, the balances."""
