"""Django's settings: the embedded default, each point of which one environment variable changes."""

import os
import secrets
from pathlib import Path

import dj_database_url

from jalon.errors import ConfigurationError
from jalon.home import home

HERE = Path(__file__).resolve().parent
HOME = home()
DEBUG = os.environ.get("JALON_DEBUG") == "1"


def _secret_key() -> str:
    """`JALON_SECRET_KEY`, else one made once and kept in the data folder, readable by its owner only."""
    given = os.environ.get("JALON_SECRET_KEY")
    if given:
        return given
    kept = HOME.root / "secret-key"
    if not kept.is_file() or not kept.read_text().strip():
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        beside.touch(mode=0o600)
        beside.write_text(secrets.token_urlsafe(50))
        beside.replace(kept)
    return kept.read_text().strip()


def _database() -> dict[str, object]:
    """`DATABASE_URL`, else SQLite in the data folder. Raises ConfigurationError for an address of no known form."""
    given = os.environ.get("DATABASE_URL", "")
    try:
        return dict(dj_database_url.parse(given or f"sqlite:///{HOME.register}"))
    except Exception as error:
        raise ConfigurationError(
            str(error),
            user_message="DATABASE_URL n’est pas l’adresse d’une base de données.",
            mend="écrivez postgres://utilisateur:secret@machine:5432/base, ou ôtez DATABASE_URL pour SQLite.",
        ) from error


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("JALON_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("JALON_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "widget_tweaks",
    "dsfr",
    "django_htmx",
    "simple_history",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_tasks_db",
    "jalon.register",
    "jalon.web",
]
JALON_LOOK = os.environ.get("JALON_LOOK", "dsfr")
if JALON_LOOK not in ("dsfr", "plain"):
    raise ConfigurationError(
        f"unknown look {JALON_LOOK!r}",
        user_message=f"JALON_LOOK vaut « {JALON_LOOK} », qui n'est pas une présentation connue.",
        mend="choisissez JALON_LOOK=dsfr (système de design de l'État) ou JALON_LOOK=plain (feuille de style neutre).",
    )
JALON_PAGES_KEPT_BYTES = 64 * 2**20
MIDDLEWARE = [
    "jalon.web.caching.PublishedPages",
    "jalon.web.security.ContentSecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jalon.web.uploads.BoundedRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "jalon.web.errors.ShownErrors",
]
ROOT_URLCONF = "jalon.web.urls"
WSGI_APPLICATION = "jalon.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jalon.web.context.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DATABASES = {"default": _database()}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "jalon.web.openid.Backend"]
JALON_OIDC_ISSUER = os.environ.get("JALON_OIDC_ISSUER", "")
OIDC_RP_CLIENT_ID = os.environ.get("JALON_OIDC_CLIENT", "")
OIDC_RP_CLIENT_SECRET = os.environ.get("JALON_OIDC_SECRET", "")
OIDC_RP_SIGN_ALGO = os.environ.get("JALON_OIDC_ALGORITHM", "RS256")
OIDC_RP_SCOPES = os.environ.get("JALON_OIDC_SCOPES", "openid email given_name usual_name")
OIDC_AUTH_REQUEST_EXTRA_PARAMS = {"acr_values": acr} if (acr := os.environ.get("JALON_OIDC_ACR")) else {}
OIDC_AUTHENTICATION_CALLBACK_URL = "oidc-back"
OIDC_REDIRECT_FIELD_NAME = "suite"
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86400
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
JALON_LOCAL_KEY = os.environ.get("JALON_LOCAL_KEY", "")
LOGIN_URL = "/compte/connexion/"
LOGIN_REDIRECT_URL = "/espace/"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = any(o.startswith("https://") for o in CSRF_TRUSTED_ORIGINS)
CSRF_FAILURE_VIEW = "jalon.web.errors.form_refused"
JALON_SIGN_IN_FAILURES = 5
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "sign-in": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME.cache / "sign-in",
        "TIMEOUT": 15 * 60,
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "trial"]}}
DATA_UPLOAD_MAX_NUMBER_FILES = 500
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "jalon": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
