"""The shared inbox: threads, their messages, and the organisations' side of them."""
