/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_impl.h"

static const struct store_driver *const store_drivers[] = {
    &store_sqlite, /* the last one accepts every path */
};

struct store {
    struct arena *closed;
    const char *address;
    const struct store_driver *driver;
    void *handle;
};

static const struct store_driver *driver_of(const char *address)
{
    for (size_t d = 0; d < COUNT_OF(store_drivers); d++) {
        if (store_drivers[d]->accepts(address))
            return store_drivers[d];
    }
    return NULL;
}

bool store_open_unchecked(struct arena *closed, const char *address,
                          struct store **out, struct err *err)
{
    const struct store_driver *driver = driver_of(address);
    if (driver == NULL)
        return err_fail(err, ERR_INPUT, "store.driver",
                        "store '%s': this build reads no such kind of store",
                        address);
    void *handle = NULL;
    if (!driver->open(closed, address, &handle, err))
        return err_wrap(err, "store '%s'", address);
    struct store *store = arena_alloc(closed, sizeof *store);
    *store = (struct store){
        .closed = closed,
        .address = arena_text(closed, address),
        .driver = driver,
        .handle = handle,
    };
    *out = store;
    return true;
}

static bool check_contract(struct store *store, struct err *err)
{
    const struct source *source = store_source(store);
    struct catalogue catalogue;
    return source->catalogue(store->closed, source->handle, &catalogue, err) &&
           contract_check(&catalogue, err) &&
           contract_version(store->closed, source, err);
}

bool store_open(struct arena *closed, const char *address, struct store **out,
                struct err *err)
{
    struct store *store = NULL;
    if (!store_open_unchecked(closed, address, &store, err))
        return false;
    if (!check_contract(store, err)) {
        store_close(store);
        return err_wrap(err, "store '%s'", address);
    }
    *out = store;
    return true;
}

const struct source *store_source(const struct store *store)
{
    assert(store != NULL);
    return store->driver->source(store->handle);
}

bool store_codes(struct store *store, struct codes *out, struct err *err)
{
    return store->driver->codes(store->closed, store->handle, out, err) ||
           err_wrap(err, "store '%s'", store->address);
}

bool store_facts(struct store *store, const struct codes *codes,
                 const struct measure *measure, struct facts *out,
                 struct err *err)
{
    assert(measure->kind == MEASURE_COUNT ||
           measure->kind == MEASURE_PERSON_YEARS);
    return store->driver->facts(store->closed, store->handle, codes, measure,
                                out, err) ||
           err_wrap(err, "store '%s'", store->address);
}

bool store_estimates(struct store *store, const struct codes *codes,
                     const struct measure *measure, struct estimates *out,
                     struct err *err)
{
    assert(measure->kind == MEASURE_ESTIMATE ||
           measure->kind == MEASURE_DURATION);
    return store->driver->estimates(store->closed, store->handle, codes,
                                    measure, out, err) ||
           err_wrap(err, "store '%s'", store->address);
}

bool store_coverage(struct store *store, const struct codes *codes,
                    const struct measure *measure, struct coverage *out,
                    struct err *err)
{
    return store->driver->coverage(store->closed, store->handle, codes, measure,
                                   out, err) ||
           err_wrap(err, "store '%s'", store->address);
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    store->driver->close(store->handle);
    store->handle = NULL;
}
