"""What is kept, where and how: SQLite, sealed where it must be."""
