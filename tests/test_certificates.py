"""The containers know each other by certificates: scripts/container-certificates."""

import http.client
import os
import re
import socket
import ssl
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import time_machine
from cryptography import x509
from django.db import connection

from privacy import readiness
from tests.composed import COMPOSE, MOUNTED, ROOT, gunicorn, service
from tests.journeys.system import free_port

APP = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]
"""
once = pytest.mark.once


def make(folder):
    script = ROOT / "scripts/container-certificates"
    subprocess.run([sys.executable, script, folder], check=True)
    return folder


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def strangers(tmp_path_factory):
    """The same, of another installation."""
    return make(tmp_path_factory.mktemp("strangers"))


@pytest.fixture(scope="module")
def web(certificates, tmp_path_factory):
    """The port of a gunicorn that is started as the image starts it."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "app.py").write_text(APP)
    port = free_port()
    command = gunicorn(certificates, f"127.0.0.1:{port}", "app")
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 20
    while not listens(port) and time.monotonic() < until:
        time.sleep(0.05)
    yield port
    process.terminate()
    process.wait()


def listens(port):
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def client(trusted, shown=None):
    context = ssl.create_default_context(cafile=trusted / "authority.pem")
    if shown:
        context.load_cert_chain(shown / "certificate.pem")
    return context


def asked(port, context):
    """What the web answers, and the number of the certificate it shows."""
    call = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=5)
    try:
        call.connect()
        number = call.sock.getpeercert()["serialNumber"]
        call.request("GET", "/")
        return call.getresponse().status, number
    finally:
        call.close()


@once
def test_the_web_answers_whoever_shows_a_certificate_of_the_installation(
    web, certificates
):
    for reader in ("caddy", "tilts"):
        shown = certificates / reader
        assert asked(web, client(shown, shown))[0] == 200


@once
def test_the_web_answers_nobody_else(web, certificates, strangers):
    trusted = certificates / "caddy"
    # None at all, one of another authority, one that is for servers
    for shown in (None, strangers / "caddy", certificates / "db"):
        with pytest.raises((ssl.SSLError, ConnectionError)):
            asked(web, client(trusted, shown))


@once
def test_a_web_of_another_authority_is_not_asked(web, certificates, strangers):
    with pytest.raises(ssl.SSLCertVerificationError):
        asked(web, client(strangers / "caddy", certificates / "caddy"))


@once
def test_the_health_check_reaches_the_web(web, certificates):
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/healthcheck", f"https://127.0.0.1:{web}/"],
        env=os.environ | {"CERTIFICATES_DIR": str(certificates)},
        capture_output=True,
    )

    assert done.returncode == 0, done.stderr


@once
def test_new_certificates_are_shown_without_a_restart_and_the_former_still_known(
    web, certificates
):
    before = client(certificates / "caddy", certificates / "caddy")
    _status, first = asked(web, before)
    make(certificates)
    status, second = asked(web, before)

    assert status == 200
    assert first != second


def connect(server, context):
    """Both ends of a connection in memory, as far as their certificates lead."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        context.wrap_bio(to_client, to_server, server_hostname="db"),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    for _turn in range(3):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue


@once
def test_database_and_application_know_each_other_and_nobody_else(
    certificates, strangers
):
    server = ssl.create_default_context(
        ssl.Purpose.CLIENT_AUTH, cafile=certificates / "db/authority.pem"
    )
    server.load_cert_chain(certificates / "db/certificate.pem")
    server.verify_mode = ssl.CERT_REQUIRED
    ours = certificates / "tilts"

    connect(server, client(ours, ours))
    for trusted, shown in [
        (ours, None),
        (ours, strangers / "tilts"),
        (strangers / "tilts", ours),
    ]:
        with pytest.raises(ssl.SSLError):
            connect(server, client(trusted, shown))


@pytest.mark.postgresql
def test_the_database_opens_to_a_certificate_of_its_role_alone(db, strangers):
    """The PostgreSQL of scripts/test has the pg_hba.conf of the containers."""
    ours = connection.get_connection_params()
    folder = Path(ours["sslcert"]).parent.parent
    with psycopg.connect(**ours) as opened:
        question = "SELECT ssl, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert opened.execute(question).fetchone() == (True, "/CN=tilts")

    def with_that_of(reader):
        path = str(reader / "certificate.pem")
        return {"sslcert": path, "sslkey": path}

    for changed in [
        {"sslmode": "disable"},
        {"sslcert": "/nowhere", "sslkey": "/nowhere", "password": "any"},
        with_that_of(folder / "caddy"),
        with_that_of(strangers / "tilts"),
        {"sslrootcert": str(strangers / "tilts/authority.pem")},
    ]:
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**ours | changed)


@once
def test_a_key_is_readable_by_its_reader_alone_and_the_authoritys_by_nobody_else(
    certificates,
):
    files = {
        str(path.relative_to(certificates)): path for path in certificates.rglob("*.*")
    }
    with_keys = {name for name, path in files.items() if "PRIVATE" in path.read_text()}

    assert with_keys == {
        "authority/authority.key",
        *(f"{reader}/certificate.pem" for reader in ("web", "db", "caddy", "tilts")),
    }
    assert {stat.S_IMODE(files[name].stat().st_mode) for name in with_keys} == {0o400}


@once
def test_certificates_of_the_containers_are_short_lived(certificates):
    for path in certificates.glob("*/certificate.pem"):
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        lasts = certificate.not_valid_after_utc - datetime.now(UTC)
        assert timedelta(days=89) < lasts <= timedelta(days=90)


@once
@pytest.mark.parametrize("name", ["docker-compose.yml", "Caddyfile", "Dockerfile"])
def test_each_certificate_that_is_named_is_made(certificates, name):
    named = re.findall(rf"{MOUNTED}([\w/]+\.pem)", (ROOT / name).read_text())

    assert len(named) >= 3
    assert [file for file in named if not (certificates / file).is_file()] == []


@once
def test_each_certificate_is_mounted_by_its_reader_and_the_authority_by_its_maker():
    everybody = COMPOSE.partition("\nservices:\n")[0]
    volume = rf"- ((?:certificate-\w+|authority):{MOUNTED}\S+)"

    def mounted(text):
        return set(re.findall(volume, text))

    def those_of(*readers):
        return {f"certificate-{one}:{MOUNTED}{one}:ro" for one in readers}

    assert mounted(everybody) == those_of("tilts")
    assert mounted(service("web")) == those_of("tilts", "web")
    assert mounted(service("db")) == those_of("db")
    assert mounted(service("caddy")) == those_of("caddy")
    assert len(mounted(service("certificates"))) == 5
    for other in ("keys", "migrate", "worker", "backup"):
        assert mounted(service(other)) == set()


@once
def test_the_web_has_all_the_volumes_that_the_worker_has():
    everybody = COMPOSE.partition("\nservices:\n")[0]
    volumes = re.findall(r"^ +- (\S+:/\S+)$", everybody, re.MULTILINE)

    assert len(volumes) >= 6
    assert [volume for volume in volumes if volume not in service("web")] == []


@once
def test_certificates_that_end_within_14_days_are_told(
    certificates, settings, tmp_path
):
    settings.CERTIFICATES_DIR = ""
    assert readiness.certificates() == "ok"

    settings.CERTIFICATES_DIR = str(certificates)
    for days, state in [(0, "ok"), (75, "ok"), (77, "warn"), (100, "warn")]:
        with time_machine.travel(datetime.now(UTC) + timedelta(days=days)):
            assert readiness.certificates() == state

    settings.CERTIFICATES_DIR = str(tmp_path)
    assert readiness.certificates() == "warn"
