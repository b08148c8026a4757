"""HubSpot: the CRM where staff work, and the list of submissions of the form.

``desk`` and ``submissions`` are the adapters; every call of either goes through ``client``.
"""
