"""The one settings file. What differs from place to place comes from the environment; see `.env.example`."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from livingwell import databases, discretion
from livingwell.environment import number, text, words, yes_no

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(text("LIVINGWELL_DATA", str(BASE_DIR / "var"))).absolute()
STATIC_ROOT = DATA_DIR / "static"
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # codes and people’s words: for nobody else here
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

DEBUG = yes_no("LIVINGWELL_DEBUG", default=False)
DEMO = yes_no("LIVINGWELL_DEMO", default=False)
"""Whether this is the demo: invented people who sign in with one press. Refused on a real installation."""


def _secret_key() -> str:
    kept = DATA_DIR / "secret_key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(50))
        kept.chmod(0o600)
    return kept.read_text()


SECRET_KEY = text("SECRET_KEY", "") or _secret_key()
ALLOWED_HOSTS = words("LIVINGWELL_HOSTS", "localhost,127.0.0.1,[::1]")
BASE_URL = text("LIVINGWELL_URL", "http://localhost:8000")
IS_HTTPS = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if IS_HTTPS else []

METHOD = [
    "collaboratives.stage.COME_TOGETHER",
    "stories.stage.LISTEN",
    "vision.stage.OUR_WHY",
    "design_teams.stage.DESIGN",
    "prototyping.stage.PROTOTYPE",
    "mdts.stage.TEAMS",
    "mdts.stage.PRACTICE",
    "governance.stage.GOVERNANCE",
]
"""The eight stages in the method's order. It drives the menu, the journey, the addresses and the report."""

STAGE_APPS = list(dict.fromkeys(path.split(".")[0] for path in METHOD))

INSTALLED_APPS = [
    "kit",
    "people",
    "programmes",
    *STAGE_APPS,
    "reports",
    "livingwell.apps.LivingWellConfig",
    "livingwell.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "guardian",
    "csp",
    "django_linear_migrations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # after WhiteNoise, whose files are small: a 304 must stay empty
    "csp.middleware.CSPMiddleware",
    "livingwell.middleware.not_too_large",
    "livingwell.middleware.sent_by_a_form",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.ends_in_time",
    "livingwell.middleware.never_cached",
]

ROOT_URLCONF = "livingwell.urls"
WSGI_APPLICATION = "livingwell.wsgi.application"

ROUTES_OF_LIBRARIES = {
    "admin:": "Django's admin, for operators: its own site class asks for an operator on every page",
    "account_": "signing in and out, by allauth; closed pages ask for sign-in themselves",
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "livingwell.frame.frame",
            ],
        },
    },
]
FORM_RENDERER = "kit.forms.Renderer"

DATABASES = {"default": databases.database(DATA_DIR)}
DATABASE_APP_ROLE = databases.app_role()
REDIS_URL = text("REDIS_URL", "")
CACHES = databases.cache(DATA_DIR, REDIS_URL)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
"""guardian is asked by `programmes.access` for one row at a time, never as a sign-in back end."""
if not IS_HTTPS:
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None

LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "livingwell:front"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "people:sign_in"
ACCOUNT_PASSWORD_MIN_LENGTH = 12
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
CODE_SECONDS = int(timedelta(minutes=15).total_seconds())
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
"""Eight digits, fifteen minutes and five tries: enough time for a slow letter, too few tries for a guess."""

ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "50/15m/ip,5/15m/key",
    "request_login_code": "60/m/ip,5/15m/key",
    "reset_password": "60/m/ip,5/15m/key",
}
"""Many people of one room share one address; a single account is guarded more closely (G14)."""

ACCOUNT_FORMS = {
    "login": "people.forms.SignIn",
    "request_login_code": "people.forms.AskForCode",
    "confirm_login_code": "people.forms.SignInWithCode",
    "reset_password": "people.forms.ForgotPassword",
    "confirm_password_reset_code": "people.forms.ConfirmReset",
    "reset_password_from_key": "people.forms.NewPassword",
    "set_password": "people.forms.SetPassword",
    "change_password": "people.forms.ChangePassword",
    "add_email": "people.forms.ChangeEmail",
    "confirm_email_verification_code": "people.forms.ConfirmEmail",
    "reauthenticate": "people.forms.ItIsMe",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = number("LIVINGWELL_PROXIES", 0)

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
"""A message in its own cookie would outlive its reader's session and greet the next person with names."""

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "livingwell.errors.too_old"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("EMAIL_HOST", "")
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "letters"
EMAIL_PORT = number("EMAIL_PORT", 587)
EMAIL_HOST_USER = text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = yes_no("EMAIL_TLS", default=True)
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", "Living Well <livingwell@localhost>")

SWEEP_SECONDS = number("LIVINGWELL_SWEEP_SECONDS", 15, least=1)
WHEN_SOMEBODY_LEAVES = ["reports.actions.forget_reader"]
"""What later apps forget of a person who is taken off a place's list, in the same transaction."""
WHEN_A_LINK_BROUGHT_AN_ADDRESS = "programmes.actions.cards.forget_what_a_link_hides"
NAMES_TO_TURN_TO = "programmes.models.people.names_to_turn_to"
JOB_LEASE_SECONDS = number("LIVINGWELL_JOB_LEASE_SECONDS", 30, least=2)
"""How long a silent worker keeps its job: after a death, work goes on within lease plus sweep, 45 s (G33)."""

EMAIL_TIMEOUT = 20
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
"""As last round of beat: makes every round due when beat starts, so a restart begins with a sweep."""


def _round(task: str, seconds: int) -> dict[str, object]:
    """Send the worker on a round this often; one that nobody took by the next one is let go."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}, "last_run_at": AT_ONCE}


CELERY = {
    **databases.broker(DATA_DIR, REDIS_URL),
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_ignore_result": True,
    "task_time_limit": 300,
    "task_serializer": "json",
    "accept_content": ["json"],
    "worker_prefetch_multiplier": 1,
    "worker_max_tasks_per_child": 50,
    "worker_hijack_root_logger": False,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "beat_scheduler": "celery.beat:Scheduler",  # in memory: no file that a power cut could break
    "beat_schedule": {
        "sweep": _round("kit.tasks.sweep", SWEEP_SECONDS),
        "seal": _round("kit.tasks.seal_events", 10),
        "forget": _round("kit.tasks.forget_what_is_old", 3600),
    },
}
JOBS = {
    "send_letter": "kit.outbox.send_letter",
    "make_report": "reports.actions.making.make_report",
}
"""Who does each kind of job; `kit.jobs` says what such a function looks like."""

FORGOTTEN_EVERY_HOUR = [
    "kit.form_keys.forget_old",
    "kit.outbox.forget_old",
    "people.actions.forget_old_sessions",
    "programmes.actions.invitations.forget_unanswered",
]

SMALL_NUMBER_THRESHOLD = number("LIVINGWELL_SMALL_NUMBER_THRESHOLD", 8, least=8)
"""Counts of people below this are "fewer than 8"; it may be raised, never lowered (README 2.17)."""

LANGUAGE_CODE = "en-gb"
TIME_ZONE = text("LIVINGWELL_TIME_ZONE", "Europe/London")
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "livingwell.css.gz").exists()
FILES_DIR = DATA_DIR / "files"

LOGGING = discretion.to_the_console(text("LIVINGWELL_LOG_LEVEL", "WARNING"))
