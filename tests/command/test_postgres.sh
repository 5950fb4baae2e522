#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A store in PostgreSQL: the same answers and the same bytes as from a file, and
# what is said when it does not answer. Its contract is that of every store: the
# unit tests of the store are run on it too.
. tests/command/lib.sh
. tests/postgres.sh
P=$PANORAMA

postgres_start || { not_ok "a server is started" "$(cat "$WORK/initdb")"; exit 1; }
for database in base tests older other; do
    sql postgres "CREATE DATABASE $database"
done

# --- the same from both -----------------------------------------------------------
project a
project b
expect "a folder becomes a store in a database" 0 "" \
    "$P" store import "$WORK/csv" "$(address base)" --quiet
expect "which is not written over" 2 "store.exists.*'registry' exists" \
    "$P" store import "$WORK/csv" "$(address base)"
for word in check info; do
    "$P" store $word "$WORK/store.sqlite" >"$WORK/$word.file" 2>&1
    "$P" store $word "$(address base)" >"$WORK/$word.base" 2>&1
    same_as "store $word says the same of both" "$(cat "$WORK/$word.file")" \
        "$(cat "$WORK/$word.base")"
done
sql base "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"
build_release a || not_ok "a release is built from a file"
expect "a release is built by who may only read" 0 "" \
    "$P" build --project "$WORK/b" --store "$(address base reader)" --quiet
diff -r "$WORK/a/output" "$WORK/b/output" >"$WORK/diff" 2>&1 &&
    ok "edition and release are the same bytes" ||
    not_ok "edition and release are the same bytes" "$(head -5 "$WORK/diff")"
printf '[registre]\nhost=%s\ndbname=base\nuser=reader\n' "$PG_DIR" >"$WORK/services"
PGSERVICEFILE=$WORK/services "$P" store info "postgresql:///?service=registre" \
    >"$WORK/info.service" 2>&1
same_as "a service is an address" "$(cat "$WORK/info.file")" \
    "$(cat "$WORK/info.service")"
ls "$WORK/b/output"/*/manifest.json >/dev/null 2>&1 &&
    [ -s "$(edition b essai)" ] && ok "and are there" || not_ok "and are there"

# --- the contract, on this driver -------------------------------------------------
for name in store_open store_read store_check store_migrate; do
    PANORAMA_POSTGRES=$(address tests) "build/test/tests/unit/test_$name" 2>&1
done

# --- from one kind to the other ---------------------------------------------------
sql postgres "CREATE DATABASE moved"
expect "a file moves into a database" 0 "" \
    "$P" store migrate "$WORK/store.sqlite" "$(address moved)"
expect "and out of it" 0 "" \
    "$P" store migrate "$(address moved)" "$WORK/moved.sqlite"
"$P" store migrate "$WORK/store.sqlite" "$WORK/copied.sqlite"
expect "but not onto itself" 2 \
    "store.exists.*'registry' exists already: name a database or a schema" \
    "$P" store migrate "$(address moved)" "$(address moved)"
cmp "$WORK/copied.sqlite" "$WORK/moved.sqlite" && ok "with the same bytes" ||
    not_ok "with the same bytes"

# --- doubles to the last bit ------------------------------------------------------
cp -r "$WORK/csv" "$WORK/exact"
sed -i '2s/,62.0,58.5,65.4,/,0.30000000000000004,1e-17,0.7,/' \
    "$WORK/exact/survival.csv"
"$P" store import "$WORK/exact" "$(address other)" --quiet
same_as "a double is kept to its last bit" "t" "$(psql -X -A -t -h "$PG_DIR" \
    -U "$PG_USER" other -c "SELECT bool_or(value = 0.30000000000000004::float8
        AND lower = 1e-17::float8) FROM survival")"

# --- nothing half-written ---------------------------------------------------------
sql postgres "CREATE DATABASE half"
sql half "CREATE TABLE survival(taken TEXT)"
expect "one table in the way is named" 2 "'survival' exists already" \
    "$P" store import "$WORK/csv" "$(address half)"
same_as "and nothing was made" "1" "$(psql -X -A -t -h "$PG_DIR" -U "$PG_USER" \
    half -c "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")"
expect "who may only read writes no store" 6 "permission denied" \
    "$P" store import "$WORK/csv" "$(address older reader)"

# --- what breaks the contract -----------------------------------------------------
expect "an empty database is no store" 2 "no table 'registry'" \
    "$P" store info "$(address older)"
"$P" store import "$WORK/csv" "$(address older)" --quiet
sql older "UPDATE registry SET value = '0' WHERE key = 'schema_version'"
expect "an older schema is refused by its number" 2 "schema version '0'" \
    "$P" store info "$(address older)"
sql older "ALTER TABLE cases ALTER COLUMN n TYPE numeric(9, 2)"
expect "a column of another type is named" 2 "'cases': column 'n' is of type" \
    "$P" store info "$(address older)"
expect "store check goes on after the first breach" 2 "2 rules broken" \
    "$P" store check "$(address older)"
sql older "ALTER TABLE site DROP COLUMN entry"
expect "a list without its order is refused" 2 "'site': no column 'entry'" \
    "$P" store info "$(address older)"

# --- who does not answer ----------------------------------------------------------
S="host=$PG_DIR"
expect "a wrong password is refused" 2 "password authentication failed" \
    "$P" store info "postgresql://locked:secret-faux@/base?$S"
for bad in "postgresql://locked:secret-faux@/base?$S" \
    "postgresql:///base?$S&user=locked&password=secret-faux" \
    "postgresql:///base?$S&user=locked&p%61ssword=secret-faux" \
    "postgresql://locked:secret-faux@x@$PG_DIR/base" \
    "postgresql://locked:1/secret-faux@host/base" \
    "postgresql://locked:secret-faux?x@host/base" \
    "postgresql://locked:12?secret-faux@host/base" \
    "postgresql:///base?$S&user=locked&password=x&secret-faux" \
    "postgresql:///base?$S&user=locked&password=x&secret-faux=x" \
    "postgresql:///base?$S&user=locked&password=x&port=secret-faux" \
    "postgresql:///base?password=x@secret-faux" \
    "postgresql://locked:secret-faux/base?$S" \
    "postgresql://locked%3Asecret-faux@/base?$S" \
    "postgresql://%2F${PG_DIR#/}/base&password=secret-faux" \
    "postgresql:///base&password=secret-faux?$S" \
    "postgresql:///base?$S;password=secret-faux" \
    "postgresql://locked:100%secret-faux@host/base"; do
    "$P" store info "$bad" >"$WORK/said" 2>&1
    [ $? -eq 2 ] && [ -s "$WORK/said" ] && ! grep -q "secret-faux" "$WORK/said" &&
        ok "no password is said" ||
        not_ok "no password is said" "$bad" "$(cat "$WORK/said")"
done
expect "an unknown parameter is told by its place" 2 \
    "parameter 2 after '.' has no name that libpq knows: expected host, port" \
    "$P" store info "postgresql:///base?$S&colour=red"
sed -i "s|store = .*|store = \"postgresql://locked:un-secret@/base?$S\",|" \
    "$WORK/b/panorama.lua"
sql base "GRANT SELECT ON ALL TABLES IN SCHEMA public TO locked"
expect "with its password one builds the same again" 0 "" \
    "$P" build --project "$WORK/b" --log json
cp "$WORK/err" "$WORK/b/output/log"
cat "$WORK/out" >>"$WORK/b/output/log"
! grep -rq "un-secret" "$WORK/b/output" && ok "and nothing made of it holds it" ||
    not_ok "and nothing made of it holds it" "$(grep -rl un-secret "$WORK/b/output")"
sql other "ALTER TABLE cases RENAME TO c; CREATE VIEW cases AS SELECT * FROM c
    WHERE pg_terminate_backend(pg_backend_pid())"
expect "a connection that is lost on the way is another failure" 6 \
    "store.postgresql.*terminating connection" "$P" store info "$(address other)"
expect "a database that is not there is named" 2 "\"nowhere\" does not exist" \
    "$P" store info "$(address nowhere)"
sql postgres "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'
    LOCALE_PROVIDER libc LOCALE 'C'"
expect "another encoding than UTF-8 is refused" 2 "'LATIN1': expected UTF8" \
    "$P" store info "$(address latin)"
postgres_stop
expect "a server that is gone is named" 2 "store.connect.*failed" \
    "$P" build --project "$WORK/b" --store "$(address base)" --quiet
