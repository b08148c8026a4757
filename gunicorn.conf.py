"""What ``gunicorn wsgi:app`` needs to know; gunicorn reads this file by itself.

One process, because one writer thread commits for all who wait; and loaded in the worker, because
threads do not survive a fork.
"""

workers = 1
worker_class = "gthread"
threads = 16
preload_app = False
graceful_timeout = 10
