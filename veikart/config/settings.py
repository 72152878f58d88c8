"""Django's settings. Each VEIKART_ variable is named here with its default and what it is for."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from veikart.config.mail_server import mail_server, sender

PACKAGE = Path(__file__).resolve().parent.parent


def whole_number(name: str, default: int) -> int:
    """The whole number above 0 that the variable `name` is set to. Another value stops the start."""
    said = os.environ.get(name, str(default))
    if not said.isascii() or not said.isdigit() or int(said) == 0:
        raise ImproperlyConfigured(
            f"Expected a whole number above 0 in {name}; found “{said}”. "
            f"Correct it, or leave it out for {default}."
        )
    return int(said)


# VEIKART_HOME: the folder for everything that Veikart keeps: database, files, editions, site.
HOME = Path(os.environ.get("VEIKART_HOME", "var")).resolve()

# VEIKART_DATABASE: the database's address. Without one, an SQLite file in VEIKART_HOME.
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("VEIKART_DATABASE") or f"sqlite:///{HOME / 'veikart.sqlite3'}",
        conn_max_age=600,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers never wait for a writer, and a transaction that will write says so at once.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }

DOCUMENTS_FOLDER = HOME / "documents"
EDITIONS_FOLDER = HOME / "editions"
SITE_FOLDER = HOME / "site"
DATASETS_FOLDER = HOME / "datasets"
FIGURES_FOLDER = HOME / "figures"
CHARTS_FOLDER = HOME / "charts"

# VEIKART_WAREHOUSE: what calculates the indicators: "duckdb", "local" (Spark here) or spark://….
WAREHOUSE = os.environ.get("VEIKART_WAREHOUSE", "duckdb")

# VEIKART_BOUNDARIES: a TopoJSON file with boundaries, for real maps. Without one, tiles are drawn.
BOUNDARIES = os.environ.get("VEIKART_BOUNDARIES") or None

# VEIKART_READING_SECONDS: after so many seconds the reading of a file is given up.
READING_SECONDS = whole_number("VEIKART_READING_SECONDS", 60)
# VEIKART_READING_MEMORY: so many MB of memory may the reading of a file take.
READING_MEMORY = whole_number("VEIKART_READING_MEMORY", 1000)
# VEIKART_READING_LARGEST: so many MB may a document have.
READING_LARGEST = whole_number("VEIKART_READING_LARGEST", 25)
# VEIKART_READING_MAILBOX: so many MB may a mailbox (mbox) have, or a message with what is attached.
READING_MAILBOX = whole_number("VEIKART_READING_MAILBOX", 200)
# VEIKART_READING_FILES: after so many files the process that reads them is replaced.
READING_FILES = whole_number("VEIKART_READING_FILES", 500)

# VEIKART_MAILBOX_PASSWORD: the password of the mailbox that `veikart take-in imap://…` reads.
MAILBOX_PASSWORD = os.environ.get("VEIKART_MAILBOX_PASSWORD", "")
# VEIKART_MAILBOX_MOVE_TO: the folder that taken-in messages are moved to. Without one, they stay, marked.
MAILBOX_MOVE_TO = os.environ.get("VEIKART_MAILBOX_MOVE_TO") or None
# VEIKART_MAILBOX_CERTIFICATES: a PEM file of certificates that are trusted beside the system's.
MAILBOX_CERTIFICATES = os.environ.get("VEIKART_MAILBOX_CERTIFICATES") or None

# VEIKART_EMAIL_SERVER: the mail server that messages go through. Without one, they stay in the outbox.
_MAIL = mail_server(os.environ.get("VEIKART_EMAIL_SERVER", ""))
EMAIL_HOST = _MAIL["EMAIL_HOST"]
EMAIL_PORT = _MAIL["EMAIL_PORT"]
EMAIL_HOST_USER = _MAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _MAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _MAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = _MAIL["EMAIL_TIMEOUT"]
# VEIKART_EMAIL_FROM: whom messages are from, such as "Helsedirektoratet <horing@example.no>".
EMAIL_FROM = sender(os.environ.get("VEIKART_EMAIL_FROM", ""))

# VEIKART_DEMO: "1" for a try-out with known accounts; `veikart check` refuses those otherwise.
DEMO = os.environ.get("VEIKART_DEMO") == "1"

# VEIKART_SECRET_KEY: signs sessions. `veikart check` refuses the try-out's own outside a demo.
INSECURE_SECRET_KEY = "only-for-trying-out-veikart"  # noqa: S105 (refused by `veikart check`)
SECRET_KEY = os.environ.get("VEIKART_SECRET_KEY", INSECURE_SECRET_KEY)

# VEIKART_DEBUG: "1" shows tracebacks in the browser; for developers only.
DEBUG = os.environ.get("VEIKART_DEBUG") == "1"

# VEIKART_HOSTS: the host names that this service answers to, with commas between.
ALLOWED_HOSTS = os.environ.get("VEIKART_HOSTS", "127.0.0.1,localhost").split(",")

# VEIKART_ADDRESS: the public address, without a slash at the end; for sitemaps and feeds.
ADDRESS = os.environ.get("VEIKART_ADDRESS", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "veikart.design",
    "veikart.places",
    "veikart.people",
    "veikart.documents",
    "veikart.outbox",
    "veikart.strategy",
    "veikart.indicators",
    "veikart.roadmap",
    "veikart.consultations",
    "veikart.council",
    "veikart.evaluation",
    "veikart.editions",
    "veikart.intake",
    "veikart.pages",
]

MIDDLEWARE = [
    "veikart.config.headers.security_headers",
    "veikart.config.odd_signs.refuse_nul",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

ROOT_URLCONF = "veikart.config.urls"
WSGI_APPLICATION = "veikart.config.wsgi.application"
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "people:log-in"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Bokmål first: it has the plain addresses, nynorsk lies under /nn/ and English under /en/.
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

# What is typed in a form, files apart: so much that no reply is lost, and no more than memory stands.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000

# The address of a reply that is being written is a secret: it is in no log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "without_tokens": {"()": "veikart.consultations.answering.tokens.WithoutTokens"},
    },
    "loggers": {
        name: {"filters": ["without_tokens"]}
        for name in ("django.request", "django.security.csrf", "django.server")
    },
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [ADDRESS]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
