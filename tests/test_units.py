"""Debian without Docker starts what the containers start, with the same settings, locked in."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
LOCKED_IN = {
    "User": "tilts",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ReadWritePaths": "/var/lib/tilts",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
    "EnvironmentFile": "/etc/tilts/tilts.env",
}
OF_CONTAINERS_ALONE = {"CERTIFICATES_DIR"}
OF_MACHINES_ALONE = {"VAR_DIR"}

pytestmark = pytest.mark.once


def settings_of(path):
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def entry_point(name):
    return settings_of(UNITS / name)["ExecStart"]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_each_service_is_locked_in_and_nobodys_but_its_own(path):
    settings = settings_of(path)

    assert {name: settings.get(name) for name in LOCKED_IN} == LOCKED_IN


def test_units_and_containers_start_the_same_processes():
    compose = (ROOT / "docker-compose.yml").read_text()
    image = (ROOT / "Dockerfile").read_text()
    python = "/srv/tilts/.venv/bin/python"
    for service, command in [
        ("tilts-migrate.service", "manage.py init"),
        ("tilts-worker.service", "manage.py db_worker"),
    ]:
        assert f"command: python {command}\n" in compose
        assert entry_point(service) == f"{python} {command}"
    [quoted] = re.findall(r"^CMD \[(.*?)\]$", image, re.MULTILINE | re.DOTALL)
    of_image = re.findall(r'"([^"]+)"', quoted)
    # Between containers there is TLS; Caddy of this machine asks by 127.0.0.1
    without_tls = of_image[: of_image.index("--certfile")]
    web = entry_point("tilts-web@.service").removeprefix("/srv/tilts/.venv/bin/")
    assert web.replace("127.0.0.1:%i", "0.0.0.0:8000").split() == without_tls


def test_units_and_containers_know_the_same_settings():
    compose = (ROOT / "docker-compose.yml").read_text()
    block = compose.partition("environment: &environment\n")[2]
    block = block.partition("  secrets:")[0]
    of_compose = set(re.findall(r"^    ([A-Z_]+): ", block, re.MULTILINE))
    lines = (UNITS / "tilts.env").read_text().splitlines()
    of_units = {line.partition("=")[0] for line in lines if not line.startswith("#")}

    assert of_units - OF_MACHINES_ALONE == of_compose - OF_CONTAINERS_ALONE


def test_every_setting_is_explained():
    told = (ROOT / "docs" / "configuration.md").read_text()
    lines = (UNITS / "tilts.env").read_text().splitlines()
    names = [line.partition("=")[0] for line in lines if not line.startswith("#")]

    assert [name for name in names if name.removesuffix("_FILE") not in told] == []


def test_systemd_itself_finds_no_mistake(tmp_path):
    """With programs that exist here in place of those in /srv/tilts."""
    for path in UNITS.iterdir():
        if path.suffix in {".service", ".timer"}:
            text = re.sub(
                r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", path.read_text()
            )
            (tmp_path / path.name).write_text(text)
    whole = [
        tmp_path / path.name.replace("@", "@8001")
        for path in UNITS.iterdir()
        if path.suffix in {".service", ".timer"}
    ]
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, whole)], capture_output=True, text=True
    )

    ours = [line for line in done.stderr.splitlines() if "tilts" in line]
    assert (ours, done.returncode) == ([], 0)


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("way", ["docker", "debian"])
def test_what_is_to_be_typed_is_the_same_in_both_languages(way, language):
    boxes = re.compile(r"```sh\n(.*?)```", re.DOTALL)
    folder = ROOT / "docs" / "installation"
    here = boxes.findall((folder / f"{way}.{language}.md").read_text())
    english = boxes.findall((folder / f"{way}.en.md").read_text())

    assert [one.replace(" --language en", "") for one in english] == [
        one.replace(" --language en", "") for one in here
    ]


def test_a_shell_reads_the_settings_as_systemd_does():
    done = subprocess.run(
        [
            "sh",
            "-ec",
            f". {UNITS}/tilts.env; echo $ALLOWED_HOSTS; echo $DEFAULT_FROM_EMAIL",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "127.0.0.1 localhost\nTilts <tilts@localhost>\n"
    assert done.stderr == ""
