/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "store/store_impl.h"

struct covering {
    const struct codes *codes;
    const struct measure *measure;
    struct coverage coverage;
    unsigned char *status;
};

/* The columns of a row, in the order that puts those for one site after, and so
 * over, those for every site. */
enum {
    COVER_ONE_SITE,
    COVER_SOURCE,
    COVER_LEVEL,
    COVER_TERRITORY,
    COVER_PERIOD,
    COVER_SITE,
    COVER_STATUS,
};

/* A row of the table, as nodes. */
struct covered {
    const struct node *territory, *site; /* site NULL: every site */
    int low, high;
    enum coverage_status status;
};

/* A row tells of the measures of its source: a measure's code, a fact table's
 * name, the measure's own source text, or nothing for all of them. Who lives
 * somewhere is known whatever the registries cover. */
static bool tells_of(const struct measure *measure, const char *source)
{
    if (measure->kind == MEASURE_PERSON_YEARS)
        return text_same(source, measure->code);
    return source[0] == '\0' || text_same(source, measure->code) ||
           text_same(source, measure->table_name) ||
           text_same(source, measure->source);
}

static bool parse_row(const struct covering *covering, const struct rows *rows,
                      size_t r, struct covered *covered, struct err *err)
{
    const struct codes *codes = covering->codes;
    const char *level = rows_at(rows, r, COVER_LEVEL),
               *place = rows_at(rows, r, COVER_TERRITORY);
    const char *period = rows_at(rows, r, COVER_PERIOD),
               *site = rows_at(rows, r, COVER_SITE);
    int territory = code_find(&codes->dims[DIM_TERRITORY], level, place);
    int place_of_site = code_find(&codes->dims[DIM_SITE], NULL, site);
    *covered = (struct covered){
        .territory =
            &codes->dims[DIM_TERRITORY].nodes[territory > 0 ? territory : 0],
        .site = place_of_site < 0 ? NULL
                                  : &codes->dims[DIM_SITE].nodes[place_of_site],
    };
    if (territory < 0)
        return err_fail(err, ERR_INPUT, "store.coverage",
                        "table 'coverage': no territory '%s %s'", level, place);
    if (site[0] != '\0' && place_of_site < 0)
        return err_fail(err, ERR_INPUT, "store.coverage",
                        "table 'coverage': no site '%s'", site);
    if (!codes_parse_period(period, &covered->low, &covered->high))
        return err_fail(err, ERR_INPUT, "store.coverage",
                        "table 'coverage': period '%s': expected YYYY or "
                        "YYYY-YYYY",
                        period);
    if (!codes_parse_coverage(rows_at(rows, r, COVER_STATUS), &covered->status))
        return err_fail(err, ERR_INPUT, "store.coverage",
                        "table 'coverage': unknown status '%s'",
                        rows_at(rows, r, COVER_STATUS));
    return true;
}

static void mark_sites(unsigned char *status, size_t sites,
                       const struct covered *covered)
{
    if (covered->site == NULL) {
        memset(status, (int)covered->status, sites);
        return;
    }
    for (size_t s = 0; s < covered->site->leaf_count; s++)
        status[covered->site->leaves[s]] = (unsigned char)covered->status;
}

/* A stored period of that very name, or else every one that lies within. */
static bool meets(const struct dimension *periods, size_t leaf,
                  const struct covered *covered, bool stored)
{
    const struct node *node = &periods->nodes[periods->leaf_node[leaf]];
    if (stored)
        return node->low == covered->low && node->high == covered->high;
    return node->low >= covered->low && node->high <= covered->high;
}

static void mark(struct covering *covering, const struct covered *covered)
{
    const struct dimension *periods = &covering->codes->dims[DIM_PERIOD];
    const struct coverage *coverage = &covering->coverage;
    bool stored = false;
    assert(covered->territory != NULL);
    for (size_t p = 0; p < periods->leaf_count; p++)
        stored = stored || meets(periods, p, covered, true);
    for (size_t t = 0; t < covered->territory->leaf_count; t++) {
        size_t territory = covered->territory->leaves[t];
        for (size_t p = 0; p < periods->leaf_count; p++) {
            size_t ground = territory * coverage->periods + p;
            if (meets(periods, p, covered, stored))
                mark_sites(&covering->status[ground * coverage->sites],
                           coverage->sites, covered);
        }
    }
}

bool coverage_read(struct arena *closed, const struct source *source,
                   const struct codes *codes, const struct measure *measure,
                   struct coverage *out, struct err *err)
{
    struct covering covering = {
        .codes = codes,
        .measure = measure,
        .coverage = {.territories = codes->dims[DIM_TERRITORY].leaf_count,
                     .periods = codes->dims[DIM_PERIOD].leaf_count,
                     .sites = codes->dims[DIM_SITE].leaf_count},
    };
    struct catalogue catalogue;
    struct rows rows = {0};
    if (!source_catalogue(closed, source, &catalogue, err))
        return false;
    if (catalogue_find(&catalogue, "coverage") != NULL &&
        !source_sorted(closed, source,
                       "SELECT CASE WHEN site = '' THEN 0 ELSE 1 END, source, "
                       "territory_level, territory, period, site, status FROM "
                       "coverage",
                       &rows, err))
        return false;
    covering.status = arena_array(
        closed, covering.coverage.territories * covering.coverage.periods,
        covering.coverage.sites);
    static_assert(COVERAGE_OBSERVED == 0, "absent rows mean observed");
    for (size_t r = 0; r < rows.count; r++) {
        struct covered covered = {0};
        if (!parse_row(&covering, &rows, r, &covered, err))
            return false;
        if (tells_of(measure, rows_at(&rows, r, COVER_SOURCE)))
            mark(&covering, &covered);
    }
    covering.coverage.status = covering.status;
    *out = covering.coverage;
    return true;
}
