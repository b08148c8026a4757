"""Looking inside a running sandbox and steering it, for tests and for people."""
