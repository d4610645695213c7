# The image of every service of docker-compose.yml. Debian 12: the libraries WeasyPrint needs come from its packages.
FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && rm -rf /var/lib/apt/lists/*
WORKDIR /alur
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN useradd --system --home /alur alur && mkdir /state && chown alur /state
USER alur
CMD ["python", "manage.py", "web"]
