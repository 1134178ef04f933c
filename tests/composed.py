"""What docker-compose.yml and the image start, for tests that start it by hand."""

import json
import os
import re
from pathlib import Path

from privacy.keys import new_key_line

ROOT = Path(__file__).resolve().parent.parent
MOUNTED = "/run/tilts/certificates/"
COMPOSE = (ROOT / "docker-compose.yml").read_text()


def service(name):
    """The lines of one service."""
    after = COMPOSE.partition(f"\n  {name}:\n")[2]
    return re.split(r"^ {0,2}\w", after, maxsplit=1, flags=re.MULTILINE)[0]


def environment(folder):
    """What the services get by .env.example, with secrets in ``folder`` and without a database."""
    example = dict(
        re.findall(
            r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE
        )
    )
    block = COMPOSE.partition("environment: &environment\n")[2]
    told = {}
    for name, value in re.findall(
        r"^    ([A-Z_]+): (.*)$", block.partition("  secrets:")[0], re.MULTILINE
    ):
        told[name] = re.sub(
            r"\$\{([A-Z_]+):-([^}]*)\}",
            lambda found: example[found[1]] or found[2],
            value,
        )
    secrets = {
        "SECRET_KEY_FILE": "pj4Vq0sXk2Tn8Rb6Wd1Zy7Lm3Hc9Gf5EaUuIiOoPp_-AaSsDdFf",
        "FIELD_KEYS_FILE": new_key_line(),
        "BACKUP_KEY_FILE": "AGE-SECRET-KEY-1",
        "METRICS_TOKEN_FILE": "Qm7sVb2Xk9Tr4Ny6Wd1Lz8Hc3Gf5Ej0AaUuIiOoPp_-Ss",
    }
    for name, content in secrets.items():
        file = folder / name
        file.write_text(content)
        file.chmod(0o400)
        told[name] = str(file)
    return told | {
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PATH": os.environ["PATH"],
    }


def gunicorn(certificates, address, application="config.wsgi"):
    """How the image starts the web process, at another address and with these certificates."""
    command = (ROOT / "Dockerfile").read_text().rpartition("\nCMD ")[2]
    command = command.replace("\\\n", "").replace(MOUNTED, f"{certificates}/")
    command = command.replace("0.0.0.0:8000", address)
    return json.loads(command.replace("config.wsgi", application))
