/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store_impl.h"

static void add_registry(struct text *out, const struct codes *codes)
{
    for (size_t p = 0; p < codes->registry_count; p++) {
        const struct pair *pair = &codes->registry[p];
        if (!text_starts(pair->key, "level."))
            text_format(out, "%-24s %s\n", pair->key, pair->value);
    }
}

/* Levels in the order in which they first occur, each with its codes. */
static void add_levels(struct text *out, const struct dimension *dimension)
{
    text_format(out, "%-24s ", dim_name(dimension->dim));
    const char *separator = "";
    for (size_t n = 0; n < dimension->count; n++) {
        const char *level = dimension->nodes[n].level;
        size_t count = 0;
        bool seen = false;
        for (size_t m = 0; m < dimension->count; m++) {
            bool same = text_same(dimension->nodes[m].level, level);
            seen = seen || (same && m < n);
            count += same;
        }
        if (seen)
            continue;
        text_format(out, "%s%zu %s", separator, count, level);
        separator = ", ";
    }
    text_add(out, "\n");
}

/* "2004-2023" when the years follow each other, else one by one. */
static void add_periods(struct text *out, const struct dimension *periods)
{
    text_format(out, "%-24s ", "period");
    size_t first = 0;
    while (first < periods->count) {
        size_t last = first;
        while (last + 1 < periods->count &&
               periods->nodes[last].low == periods->nodes[last].high &&
               periods->nodes[last + 1].low == periods->nodes[last].low + 1 &&
               periods->nodes[last + 1].high == periods->nodes[last + 1].low)
            last++;
        text_add(out, first > 0 ? ", " : "");
        text_add(out, periods->nodes[first].code);
        if (last > first)
            text_format(out, " to %s", periods->nodes[last].code);
        first = last + 1;
    }
    text_add(out, "\n");
}

static const char *kind_word(enum measure_kind kind)
{
    switch (kind) {
    case MEASURE_COUNT:
        return "count";
    case MEASURE_PERSON_YEARS:
        return "person-years";
    case MEASURE_PROPORTION:
        return "proportion";
    case MEASURE_ESTIMATE:
        return "estimate";
    case MEASURE_DURATION:
        return "duration";
    }
    return "";
}

static void add_measure(struct text *out, const struct measure *measure)
{
    text_format(out, "measure                  %s: %s", measure->code,
                kind_word(measure->kind));
    if (measure->kind == MEASURE_PROPORTION)
        text_format(out, ", %s of %s", measure->numerator,
                    measure->denominator);
    else
        text_format(out, ", table %s", measure->table_name);
    text_add(out, ", by");
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        if (measure->dims & 1u << d)
            text_format(out, " %s", dim_name((enum dim)d));
    }
    text_add(out, measure->confidential ? ", confidential\n" : "\n");
}

static bool add_coverage(struct arena *closed, const struct source *source,
                         struct text *out, struct err *err)
{
    struct catalogue catalogue;
    struct rows rows;
    if (!source_catalogue(closed, source, &catalogue, err))
        return false;
    if (catalogue_find(&catalogue, "coverage") == NULL)
        return true;
    const char *by_bytes = source->driver->by_bytes;
    const char *sql = arena_format(
        closed,
        "SELECT source, status, territory_level, territory, site, min(period "
        "%s), max(period %s) FROM coverage WHERE status <> 'observed' GROUP BY "
        "source, status, territory_level, territory, site",
        by_bytes, by_bytes);
    if (!source_sorted(closed, source, sql, &rows, err))
        return false;
    for (size_t r = 0; r < rows.count; r++) {
        const char *site = rows_at(&rows, r, 4);
        text_format(out, "%-24s %s: %s: %s %s, %s", "coverage",
                    rows_at(&rows, r, 0), rows_at(&rows, r, 1),
                    rows_at(&rows, r, 2), rows_at(&rows, r, 3),
                    site[0] != '\0' ? site : "all sites");
        text_format(out, ", %s to %s\n", rows_at(&rows, r, 5),
                    rows_at(&rows, r, 6));
    }
    return true;
}

static bool describe(struct arena *closed, struct store *store,
                     struct text *out, struct err *err)
{
    struct codes codes;
    if (!store_codes(store, &codes, err))
        return false;
    add_registry(out, &codes);
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        if (d == DIM_PERIOD)
            add_periods(out, &codes.dims[d]);
        else
            add_levels(out, &codes.dims[d]);
    }
    for (size_t m = 0; m < codes.measure_count; m++)
        add_measure(out, &codes.measures[m]);
    return add_coverage(closed, store_source(store), out, err);
}

bool store_info(const char *address, struct text *out, struct err *err)
{
    struct arena *closed = arena_new();
    struct store *store = NULL;
    bool ok = store_open(closed, address, &store, err) &&
              describe(closed, store, out, err);
    store_close(store);
    arena_wipe(closed);
    return ok;
}
