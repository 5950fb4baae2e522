/* SPDX-License-Identifier: EUPL-1.2 */
/* What earlier releases published, in the terms of this one. An entry knows
 * leaves by code; here they become leaf numbers of the store, and cells become
 * past cells of the universe where they are of the same numbers. */
#include <stdlib.h>

#include "seal/seal_ledger_impl.h"

/* Sets of an entry in the universe, looked up once. */
enum {
    SET_UNKNOWN = -1, /* not looked up yet */
    SET_GONE = -2,    /* has no leaf that the store still has */
    SET_TORN = -3,    /* has one, and one that the store no longer has */
};

/* Without it no period that was revised in part is joined. */
#define PARTLY_WAIVER "partly_revised"

/* --- sets ----------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

static bool put_set(struct joining *joining, enum dim dim, uint16_t *leaves,
                    size_t count, int64_t *out, struct err *err)
{
    size_t set = 0;
    qsort(leaves, count, sizeof *leaves, by_number);
    if (!universe_past_set(joining->universe, dim, leaves, count, &set, err))
        return false;
    *out = (int64_t)set;
    return true;
}

static bool put_all(struct joining *joining, enum dim dim, struct err *err)
{
    size_t count = joining->seal->codes.dims[dim].leaf_count;
    uint16_t *leaves = arena_array(joining->scratch, count, sizeof *leaves);
    for (size_t l = 0; l < count; l++)
        leaves[l] = (uint16_t)l;
    return put_set(joining, dim, leaves, count, &joining->all[dim], err);
}

/* Both sexes, all ages and all strata are that whatever they are divided
 * into; all territories, sites or years may be more than they were. */
static bool is_whole(const struct joining *joining, enum dim dim, size_t set)
{
    const struct ledger_dimension *from = &joining->entry->dims[dim];
    return (dim == DIM_SEX || dim == DIM_AGE || dim == DIM_STRATUM) &&
           from->sets[set].count == from->leaf_count;
}

static bool find_set(struct joining *joining, enum dim dim, size_t set,
                     int64_t *out, struct err *err)
{
    int64_t *known = &joining->sets[dim][set];
    if (*known == SET_UNKNOWN && is_whole(joining, dim, set))
        *known = joining->all[dim];
    if (*known == SET_UNKNOWN) {
        const struct ledger_set *from = &joining->entry->dims[dim].sets[set];
        struct arena *scratch = arena_new();
        uint16_t *leaves = arena_array(scratch, from->count, sizeof *leaves);
        size_t left = 0;
        for (size_t i = 0; i < from->count; i++) {
            int leaf = joining->leaf_of[dim][from->leaves[i]];
            if (leaf >= 0)
                leaves[left++] = (uint16_t)leaf;
        }
        *known = left == 0 ? SET_GONE : SET_TORN;
        bool ok = left < from->count ||
                  put_set(joining, dim, leaves, left, known, err);
        arena_free(scratch);
        if (!ok)
            return false;
    }
    *out = *known;
    return true;
}

/* --- rows ----------------------------------------------------------------- */

static bool counts_by(const struct measure *measure, enum dim dim)
{
    return (measure->dims & (1U << (unsigned)dim)) != 0;
}

void ledger_row_sets(const struct ledger_table *table, size_t row,
                     size_t sets[DIM_COUNT])
{
    for (int d = DIM_COUNT - 1; d >= 0; d--) {
        sets[d] = table->axis[d][row % table->axis_count[d]];
        row /= table->axis_count[d];
    }
}

bool ledger_key(struct joining *joining, const struct joined_table *at,
                const size_t sets[DIM_COUNT], struct past_cell *past,
                enum left *left, struct err *err)
{
    *left = LEFT_ALL;
    for (int d = 0; d < DIM_COUNT; d++) {
        int64_t set = joining->all[d];
        if (counts_by(at->own, (enum dim)d) &&
            !find_set(joining, (enum dim)d, sets[d], &set, err))
            return false;
        if (set == SET_GONE)
            *left = LEFT_NONE;
        else if (set == SET_TORN && *left == LEFT_ALL)
            *left = LEFT_PART;
        past->sets[d] = (size_t)set;
    }
    return true;
}

bool ledger_own_status(const struct ledger_table *table, size_t row,
                       struct past_cell *past)
{
    bool shown = false, confidential = false;
    past->count = PAST_NOT_PRINTED;
    past->limit = INT64_MAX;
    for (size_t c = 0; c < table->column_count; c++) {
        const struct ledger_column *column = &table->columns[c];
        const struct ledger_cell *cell =
            &table->cells[row * table->column_count + c];
        bool said =
            cell->availability == AVAILABLE || cell->availability == UNRELIABLE;
        switch (column->kind) {
        case PUB_COUNT:
            if (cell->availability == AVAILABLE)
                past->count = (int64_t)cell->value;
            confidential |= cell->availability == CONFIDENTIAL;
            shown |= said;
            break;
        case PUB_CRUDE_RATE:
        case PUB_PROPORTION:
            confidential |= cell->availability == CONFIDENTIAL;
            shown |= said;
            break;
        case PUB_STANDARDISED_RATE:
        case PUB_SHARE:
            shown |= said;
            break;
        case PUB_PERSON_YEARS:
            if (cell->availability == AVAILABLE)
                past->limit = (int64_t)cell->value;
            break;
        case PUB_ESTIMATE:
        case PUB_STATISTIC: /* what it is made of is in the ledger */
            break;
        }
    }
    past->status = shown ? PAST_SHOWN : PAST_CONFIDENTIAL;
    return shown || confidential;
}

/* --- cells ---------------------------------------------------------------- */

/* What was printed of a changed count is printed again, by a later vintage as
 * well: nobody tells a revised count from another rounding of the same, unless
 * the project does. Where a cell was revised in part, nothing proves what its
 * two numbers tell together. */
static bool join_printed(struct joining *joining, const struct joined_table *at,
                         size_t period, const struct past_cell *past,
                         struct err *err)
{
    struct seal *seal = joining->seal;
    size_t years = joining->entry->dims[DIM_PERIOD].sets[period].count;
    size_t same =
        ledger_declared_leaves(joining, at->unrevised, period, joining->years);
    size_t revised =
        ledger_declared_leaves(joining, at->revised, period, joining->years);
    if (past->count == PAST_NOT_PRINTED)
        return true;
    if (same == 0 && revised == years)
        return universe_prefer_printed(joining->universe, past, err);
    if (revised == 0 && (same == 0 || same == years))
        return universe_add_printed(joining->universe, past, seal_count, seal,
                                    err);
    return err_fail(err, ERR_DISCLOSURE, "seal.rounding",
                    "%s counts of several years were revised in part: "
                    "declare all of them unrevised, or none",
                    seal_changed(joining->rounding->base));
}

/* A year of the set that is declared so, or one that is not. */
static const char *year_of(const struct joining *joining, const bool *declared,
                           size_t set, bool so)
{
    const struct ledger_dimension *from = &joining->entry->dims[DIM_PERIOD];
    const uint16_t *years = from->sets[set].leaves;
    size_t i = 0;
    while (i + 1 < from->sets[set].count &&
           ledger_year_declared(joining, declared, years[i]) != so)
        i++;
    return from->leaves[years[i]];
}

/* What was shown of the whole less the part is the old number of the rest. Each
 * of these is judged alone, not what they tell together. */
static bool check_partly(const struct joining *joining,
                         const struct joined_table *at, size_t period,
                         struct err *err)
{
    return policy_waiver(&joining->seal->job->project->policy, PARTLY_WAIVER) ||
           err_fail(err, ERR_DISCLOSURE, "seal.partly",
                    "release '%s' shows %s of a period with %s, declared "
                    "unrevised, and %s, which is not: nothing proves what "
                    "their differences tell together; declare all its years "
                    "unrevised or none of them, whichever is true, or waive "
                    "it (policy.waivers: '" PARTLY_WAIVER "', with owner, date "
                    "and reason) and publish only once 'panorama audit DIR "
                    "--with PREVIOUS' finds nothing",
                    joining->entry->release, at->own->code,
                    year_of(joining, at->unrevised, period, true),
                    year_of(joining, at->unrevised, period, false));
}

/* What was printed of years that nobody declares, and is still the store's
 * number, is known to whoever supposes so; and what was suppressed beside it is
 * protected from him. The rest are other numbers: what was suppressed beside
 * them must be wide, for whoever learnt it would subtract it there, where
 * nothing is proved. Where all that was printed still is the store's number,
 * there is nothing of the kind, and the rows are those of the same vintage. */
static bool join_undeclared(struct joining *joining,
                            const struct joined_table *at, size_t period,
                            struct past_cell *past, struct err *err)
{
    struct seal *seal = joining->seal;
    bool stands = ledger_stands(joining, at, period);
    bool whole = ledger_is_whole(joining, at);
    if (past->status == PAST_CONFIDENTIAL && !(stands && whole) &&
        !universe_suppress_past(seal->universe, past, err))
        return false;
    if (stands && !whole) {
        seal->revised = past->release;
        seal->moved = ledger_moved(joining, at);
    }
    past->about = whole && past->count == PAST_NOT_PRINTED;
    if (past->status == PAST_SHOWN && stands && !past->about &&
        !universe_past_stands(seal->universe, past, seal_count, seal, &stands,
                              err))
        return false;
    past->limit = INT64_MAX; /* it was of another population */
    return !stands ||
           universe_add_past(seal->universe, past, seal_count, seal, err);
}

static bool join_cell(struct joining *joining, const struct joined_table *at,
                      size_t period, struct past_cell *past, struct err *err)
{
    struct seal *seal = joining->seal;
    size_t years = joining->entry->dims[DIM_PERIOD].sets[period].count;
    uint16_t *leaves = joining->years;
    if (joining->rounding != NULL)
        return join_printed(joining, at, period, past, err);
    size_t same =
        ledger_declared_leaves(joining, at->unrevised, period, leaves);
    if (same == years)
        return universe_add_past(seal->universe, past, seal_count, seal, err);
    if (same == 0)
        return join_undeclared(joining, at, period, past, err);
    int64_t part = 0;
    if ((past->status == PAST_CONFIDENTIAL &&
         !universe_suppress_past(seal->universe, past, err)) ||
        !check_partly(joining, at, period, err) ||
        !put_set(joining, DIM_PERIOD, leaves, same, &part, err))
        return false;
    past->sets[DIM_PERIOD] = (size_t)part;
    return universe_add_partly_past(seal->universe, past, seal_count, seal,
                                    err);
}

/* A code that the store has lost of the first torn set of the cell. */
static const char *lost_code(const struct joining *joining,
                             const size_t sets[DIM_COUNT])
{
    int d = 0;
    while (d + 1 < DIM_COUNT && joining->sets[d][sets[d]] != SET_TORN)
        d++;
    const struct ledger_dimension *from = &joining->entry->dims[d];
    const struct ledger_set *set = &from->sets[sets[d]];
    size_t i = 0;
    while (i + 1 < set->count && joining->leaf_of[d][set->leaves[i]] >= 0)
        i++;
    return arena_format(joining->scratch, "%s '%s'", dim_name((enum dim)d),
                        from->leaves[set->leaves[i]]);
}

/* Some year of the set is declared unrevised, or evidently is; what is declared
 * revised is not. */
static bool is_same(const struct joining *joining,
                    const struct joined_table *at, size_t set)
{
    return !ledger_is_undeclared(joining, at, set) ||
           (!ledger_is_revised(joining, at, set) &&
            ledger_stands_within(joining, at, set));
}

/* A code of which nothing is left has no cell to be compared with, nor has one
 * that was suppressed. What was shown of a code that has lost a part gives it
 * to whoever subtracts what is left. A changed one bounds it. */
static bool join_lost(const struct joining *joining,
                      const struct joined_table *at,
                      const size_t sets[DIM_COUNT], enum left left,
                      const struct past_cell *past, struct err *err)
{
    if (joining->rounding != NULL)
        return err_fail(err, ERR_DISCLOSURE, "seal.rounding",
                        "it printed %s counts of a code that the store has "
                        "lost, in whole or in part: nothing proves what they "
                        "tell beside others",
                        seal_changed(joining->rounding->base));
    return left == LEFT_NONE || past->status != PAST_SHOWN ||
           !is_same(joining, at, sets[DIM_PERIOD]) ||
           err_fail(err, ERR_DISCLOSURE, "seal.lost",
                    "release '%s' shows counts of %s together with unrevised "
                    "ones, and the store has lost it: nothing proves what "
                    "their differences tell; expected it in the store",
                    past->release, lost_code(joining, sets));
}

/* Joins the cell of these sets of the entry. */
static bool join_sets(struct joining *joining, const struct joined_table *at,
                      const size_t sets[DIM_COUNT], struct past_cell *past,
                      struct err *err)
{
    enum left left = LEFT_ALL;
    if (!ledger_key(joining, at, sets, past, &left, err))
        return false;
    return left == LEFT_ALL
               ? join_cell(joining, at, sets[DIM_PERIOD], past, err)
               : join_lost(joining, at, sets, left, past, err);
}

/* A share that was shown, or called unreliable, was that of a total that may
 * be shown. */
static bool join_base(struct joining *joining, const struct joined_table *at,
                      size_t row, const struct ledger_column *column,
                      struct err *err)
{
    size_t sets[DIM_COUNT];
    struct past_cell past = {
        .release = joining->entry->release,
        .measure = at->own->code,
        .status = PAST_SHOWN,
        .count = PAST_NOT_PRINTED,
        .limit = INT64_MAX,
    };
    ledger_row_sets(at->table, row, sets);
    sets[column->of] = 0;
    return join_sets(joining, at, sets, &past, err);
}

static bool join_row(struct joining *joining, const struct joined_table *at,
                     size_t row, struct err *err)
{
    size_t sets[DIM_COUNT];
    const struct ledger_table *table = at->table;
    struct past_cell past = {
        .release = joining->entry->release,
        .measure = at->own->code,
    };
    ledger_row_sets(table, row, sets);
    if (!ledger_own_status(table, row, &past))
        return true;
    if (!join_sets(joining, at, sets, &past, err))
        return false;
    for (size_t c = 0; c < table->column_count; c++) {
        enum availability status =
            table->cells[row * table->column_count + c].availability;
        if (table->columns[c].kind == PUB_SHARE &&
            (status == AVAILABLE || status == UNRELIABLE) &&
            !join_base(joining, at, row, &table->columns[c], err))
            return false;
    }
    return true;
}

/* --- entries -------------------------------------------------------------- */

/* The confidential count that a table is about, or NULL. */
static const struct measure *own_measure(const struct seal *seal,
                                         const struct ledger_table *table)
{
    const struct measure *measure = code_measure(&seal->codes, table->measure);
    if (measure == NULL)
        return NULL;
    bool confidential = measure->confidential;
    if (measure->kind == MEASURE_PROPORTION) {
        measure = code_measure(&seal->codes, measure->numerator);
        confidential = confidential || (measure && measure->confidential);
    }
    return measure != NULL && measure->kind == MEASURE_COUNT && confidential
               ? measure
               : NULL;
}

/* Changed tables go to the universe of their measure, the others to that of
 * suppression; seal_check_roundings saw to it that they are of other measures.
 */
static bool joins(const struct joining *joining, const struct joined_table *at)
{
    return joining->rounding == NULL
               ? !ledger_is_changed(at->table)
               : ledger_is_changed(at->table) &&
                     text_same(at->own->code, joining->rounding->measure);
}

typedef bool take_row(struct joining *joining, const struct joined_table *at,
                      size_t row, struct err *err);

static bool take_table(struct joining *joining,
                       const struct ledger_table *table, take_row *take,
                       struct err *err)
{
    struct joined_table at = {
        .table = table,
        .own = own_measure(joining->seal, table),
    };
    if (at.own == NULL || !joins(joining, &at))
        return true;
    ledger_find_declared(joining, &at);
    for (size_t r = 0; r < table->rows; r++) {
        if (!take(joining, &at, r, err))
            return err_wrap(err, "table '%s'", table->id);
    }
    return true;
}

static bool take_tables(struct joining *joining, take_row *take,
                        struct err *err)
{
    const struct ledger_entry *entry = joining->entry;
    bool ok = true;
    for (size_t t = 0; ok && t < entry->table_count; t++)
        ok = take_table(joining, &entry->tables[t], take, err);
    return ok;
}

static bool open_dimension(struct joining *joining, enum dim dim,
                           struct err *err)
{
    const struct ledger_dimension *from = &joining->entry->dims[dim];
    joining->leaf_of[dim] = seal_map_leaves(
        joining->scratch, &joining->seal->codes.dims[dim], from);
    joining->sets[dim] =
        arena_array(joining->scratch, from->set_count, sizeof(int64_t));
    for (size_t s = 0; s < from->set_count; s++)
        joining->sets[dim][s] = SET_UNKNOWN;
    return put_all(joining, dim, err);
}

static bool join_entry(struct seal *seal, const struct ledger_entry *entry,
                       const struct seal_rounding *rounding, struct err *err)
{
    struct joining joining = {
        .seal = seal,
        .universe = rounding == NULL ? seal->universe : rounding->universe,
        .rounding = rounding,
        .scratch = arena_new(),
        .entry = entry,
        .same_vintage = seal_same_vintage(seal, entry),
    };
    joining.years =
        arena_array(joining.scratch, entry->dims[DIM_PERIOD].leaf_count,
                    sizeof *joining.years);
    joining.moved = arena_array(joining.scratch, seal->codes.measure_count,
                                sizeof *joining.moved);
    size_t stands =
        seal->codes.measure_count * entry->dims[DIM_PERIOD].set_count;
    joining.stands =
        arena_array(joining.scratch, stands, sizeof *joining.stands);
    joining.echoed =
        arena_array(joining.scratch, stands, sizeof *joining.echoed);
    bool ok = true;
    for (int d = 0; ok && d < DIM_COUNT; d++)
        ok = open_dimension(&joining, (enum dim)d, err);
    ok = ok &&
         (rounding != NULL || take_tables(&joining, ledger_note_row, err)) &&
         take_tables(&joining, join_row, err) &&
         (rounding != NULL || take_tables(&joining, ledger_note_rates, err));
    if (ok && rounding == NULL)
        ledger_note_evident(&joining);
    arena_wipe(joining.scratch);
    return ok || err_wrap(err, "ledger entry '%s'", entry->file);
}

/* --- the whole ------------------------------------------------------------ */

/* A misspelt measure would silently link nothing. */
static bool check_measures(const struct seal *seal, const char *field,
                           const struct unrevised *list, size_t count,
                           struct err *err)
{
    for (size_t u = 0; u < count; u++) {
        if (code_measure(&seal->codes, list[u].measure) == NULL)
            return code_no_measure(&seal->codes, list[u].measure,
                                   "project.unrevised", err) ||
                   err_wrap(err, "%s", field);
    }
    return true;
}

static bool check_declared(const struct seal *seal, struct err *err)
{
    const struct project *project = seal->job->project;
    return check_measures(seal, "unrevised", project->unrevised,
                          project->unrevised_count, err) &&
           check_measures(seal, "revised", project->revised,
                          project->revised_count, err);
}

bool seal_open_ledger(struct seal *seal, struct err *err)
{
    const struct seal_job *job = seal->job;
    if (!check_declared(seal, err) ||
        !ledger_read(seal->closed, job->ledger, &seal->ledger, err))
        return false;
    seal->past = ledger_before(seal->ledger, job->project->id);
    seal->ledger_head = ledger_head(seal->ledger, seal->past);
    seal->evident =
        arena_array(seal->closed, seal->past * seal->codes.measure_count,
                    sizeof *seal->evident);
    const char *extracted = code_registry(&seal->codes, "extraction_date");
    return seal->past == 0 || date_exists(extracted) ||
           err_fail(err, ERR_INPUT, "ledger.vintage",
                    "the store has no extraction_date YYYY-MM-DD, by which "
                    "its numbers are told from those published before");
}

bool seal_has_readers(const struct seal *seal, enum audience audience)
{
    for (size_t e = 0; e < seal->past; e++) {
        if (seal->ledger->entries[e].audience == audience)
            return true;
    }
    return false;
}

bool seal_join(struct seal *seal, enum audience reader, struct err *err)
{
    seal->row_count = 0;
    for (size_t e = 0; e < seal->past; e++) {
        const struct ledger_entry *entry = &seal->ledger->entries[e];
        if (entry->audience <= reader && !join_entry(seal, entry, NULL, err))
            return false;
    }
    return seal->past == 0 || seal_join_rows(seal, err);
}

/* Of all audiences: who reads two editions must find one rounding. */
bool seal_join_rounded(struct seal *seal, const struct seal_rounding *rounding,
                       struct err *err)
{
    for (size_t e = 0; e < seal->past; e++) {
        if (!join_entry(seal, &seal->ledger->entries[e], rounding, err))
            return false;
    }
    return true;
}
