# PostgreSQL's official image with salon in it.
#
#   docker build -t salon .
#   docker run -d --name salon -e POSTGRES_PASSWORD=... salon
#   docker exec -it salon psql -U postgres -c 'CREATE EXTENSION salon'
#
# --build-arg PG_MAJOR= chooses another major from 15 on.
ARG PG_MAJOR=17
FROM postgres:${PG_MAJOR}-bookworm
COPY . /usr/src/salon
RUN apt-get update \
 && apt-mark showmanual > /tmp/manual \
 && apt-get install -y --no-install-recommends make gcc libc6-dev libqrencode-dev "postgresql-server-dev-$PG_MAJOR" \
 && make -C /usr/src/salon PG_CONFIG="/usr/lib/postgresql/$PG_MAJOR/bin/pg_config" with_llvm=no all install \
 && apt-mark auto '.*' > /dev/null \
 && xargs apt-mark manual < /tmp/manual > /dev/null \
 && apt-get install -y --no-install-recommends libqrencode4 \
 && apt-get purge -y --auto-remove \
 && rm -rf /usr/src/salon /tmp/manual /var/lib/apt/lists/*
