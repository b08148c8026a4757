"""Signed deliveries in: verify, keep, answer. What they say is read later, by the worker."""
