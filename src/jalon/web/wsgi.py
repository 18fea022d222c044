"""What a WSGI server loads: `jalon.web.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.settings")
application = get_wsgi_application()

from jalon.web import warm  # noqa: E402

warm.start()
