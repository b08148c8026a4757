"""The credits platform that approved requests are paid out on."""
