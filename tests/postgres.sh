# SPDX-License-Identifier: EUPL-1.2
# postgres.sh - a private PostgreSQL server. Source it after lib.sh.
#
# Its data and its socket lie below $WORK, and it listens on nothing else. The
# server refuses to be run by root: it is then run by the user that the package
# makes. Text is sorted as in French, which is not the order of its bytes.
PG_BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
PG_DIR=$WORK/pg
PG_USER=$(id -un)

as_server() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

postgres_stop() {
    [ ! -f "$PG_DIR/data/postmaster.pid" ] ||
        as_server "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate -w stop \
            >/dev/null 2>&1
}

postgres_run() {
    as_server "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -w -l "$PG_DIR/log" \
        -o "-k $PG_DIR -c listen_addresses= -c fsync=off" start \
        >/dev/null 2>&1
}

# The roles: the caller, who may do anything, `reader`, who may only read, and
# `locked`, who has to give a password.
postgres_start() {
    trap 'postgres_stop; rm -rf "$WORK"' EXIT
    trap 'exit 1' HUP INT TERM
    mkdir "$PG_DIR"
    if [ "$(id -u)" = 0 ]; then
        chmod 711 "$WORK"
        chown postgres "$PG_DIR"
    fi
    as_server "$PG_BIN/initdb" -D "$PG_DIR/data" -U "$PG_USER" -A trust \
        -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=fr \
        --no-sync >"$WORK/initdb" 2>&1 &&
        echo "local all locked scram-sha-256
local all all trust" | as_server tee "$PG_DIR/data/pg_hba.conf" >/dev/null &&
        postgres_run &&
        sql postgres "CREATE ROLE reader LOGIN;
            CREATE ROLE locked LOGIN PASSWORD 'un-secret'"
}

sql() { # DATABASE STATEMENTS
    psql -X -q -h "$PG_DIR" -U "$PG_USER" -d "$1" -v ON_ERROR_STOP=1 -c "$2"
}
address() { # DATABASE [ROLE]
    echo "postgresql:///$1?host=$PG_DIR&user=${2:-$PG_USER}"
}
