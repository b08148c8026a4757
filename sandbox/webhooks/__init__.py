"""Deliveries to the service: signed, sent, sent again."""
