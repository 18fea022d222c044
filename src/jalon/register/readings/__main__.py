"""`python -m jalon.register.readings QUEUE PARENT`: the process that the site starts to run its jobs."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.settings")
    django.setup()
    from jalon.home import home
    from jalon.register.readings import worker

    worker.run(home(), sys.argv[1], parent=int(sys.argv[2]))
