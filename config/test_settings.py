"""Settings of the test-suite: the real ones, with cheap hashing and no build steps."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="tilts-test-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)
os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 40)
os.environ.setdefault("VAR_DIR", str(_scratch))
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")

from config.settings import *  # noqa: E402, F403 -- the environment has to come first

SECOND_FACTOR_REQUIRED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
FIELD_KEYS_FILE = _scratch / "field.keys"
FIELD_KEYS_FILE.write_text("test:" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY=\n")
BACKUP_KEY_FILE = _scratch / "backup.key"
# WhiteNoise warns about a folder that collectstatic has not made yet
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 -- from the settings
