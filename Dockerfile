# One image for web, worker and the one-time jobs of docker-compose.yml.
FROM python:3.12-slim-trixie

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1

# Pango draws the PDF, gettext compiles the catalogues, pg_dump makes backups: not older
# than the server
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        gettext libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/tilts tilts

WORKDIR /srv/tilts
COPY requirements.txt .
RUN pip install --require-hashes --only-binary :all: --requirement requirements.txt

COPY . .

# The key serves this step alone and opens nothing. What a volume is mounted
# on belongs to the user the processes run as.
RUN export SECRET_KEY=only-for-the-build-of-the-image-000000 \
    && python manage.py compilemessages --verbosity 0 \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q . \
    && chmod -R a+rX . \
    && mkdir --mode 0700 var/files var/mail var/backups \
    && mkdir --mode 0711 /run/tilts /run/tilts/keys \
    && chown -R tilts: var/files var/mail var/backups /run/tilts

USER tilts
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "scripts/healthcheck"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--preload", \
     "--worker-tmp-dir", "/tmp", "--no-control-socket", \
     "--certfile", "/run/tilts/certificates/web/certificate.pem", \
     "--keyfile", "/run/tilts/certificates/web/certificate.pem", \
     "--ca-certs", "/run/tilts/certificates/web/authority.pem", "--cert-reqs", "2"]
