"""The hosted form: its definition, its submissions, and what it does to the contact."""
