/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_impl.h"

static const struct store_driver *const store_drivers[] = {
    &store_postgres, &store_sqlite, /* every path */
};

struct store {
    struct arena *closed;
    const char *shown; /* the address as messages print it */
    struct source source;
};

const struct store_driver *store_driver_of(const char *address)
{
    for (size_t d = 0; d < COUNT_OF(store_drivers); d++) {
        if (store_drivers[d]->accepts(address))
            return store_drivers[d];
    }
    return NULL;
}

const char *store_shown(struct arena *arena, const char *address)
{
    const struct store_driver *driver = store_driver_of(address);
    /* A misspelt scheme may have a password behind it. */
    return driver != NULL ? driver->shown(arena, address)
                          : store_postgres.shown(arena, address);
}

bool store_open_unchecked(struct arena *closed, const char *address,
                          struct store **out, struct err *err)
{
    const struct store_driver *driver = store_driver_of(address);
    const char *shown = store_shown(closed, address);
    if (driver == NULL)
        return err_fail(err, ERR_INPUT, "store.driver",
                        "store '%s': this build reads no such kind of store",
                        shown);
    void *handle = NULL;
    if (!driver->open(closed, address, &handle, err))
        return err_wrap(err, "store '%s'", shown);
    struct store *store = arena_alloc(closed, sizeof *store);
    *store = (struct store){
        .closed = closed,
        .shown = shown,
        .source = {driver, handle},
    };
    *out = store;
    return true;
}

bool store_open(struct arena *closed, const char *address, struct store **out,
                struct err *err)
{
    struct store *store = NULL;
    if (!store_open_unchecked(closed, address, &store, err))
        return false;
    assert(store != NULL);
    if (!contract_holds(closed, &store->source, err)) {
        err_wrap(err, "store '%s'", store->shown);
        store_close(store);
        return false;
    }
    *out = store;
    return true;
}

const struct source *store_source(const struct store *store)
{
    assert(store != NULL);
    return &store->source;
}

bool store_codes(struct store *store, struct codes *out, struct err *err)
{
    return codes_read(store->closed, &store->source, out, err) ||
           err_wrap(err, "store '%s'", store->shown);
}

bool store_facts(struct store *store, const struct codes *codes,
                 const struct measure *measure, struct facts *out,
                 struct err *err)
{
    struct fact_reader *reader = NULL;
    assert(measure->kind == MEASURE_COUNT ||
           measure->kind == MEASURE_PERSON_YEARS);
    if (!facts_read(store->closed, &store->source, codes, measure, &reader,
                    err))
        return err_wrap(err, "store '%s'", store->shown);
    *out = fact_reader_facts(reader);
    return true;
}

bool store_estimates(struct store *store, const struct codes *codes,
                     const struct measure *measure, struct estimates *out,
                     struct err *err)
{
    assert(measure->kind == MEASURE_ESTIMATE ||
           measure->kind == MEASURE_DURATION);
    return estimates_read(store->closed, &store->source, codes, measure, out,
                          err) ||
           err_wrap(err, "store '%s'", store->shown);
}

bool store_coverage(struct store *store, const struct codes *codes,
                    const struct measure *measure, struct coverage *out,
                    struct err *err)
{
    return coverage_read(store->closed, &store->source, codes, measure, out,
                         err) ||
           err_wrap(err, "store '%s'", store->shown);
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    store->source.driver->close(store->source.handle);
    store->source.handle = NULL;
}
