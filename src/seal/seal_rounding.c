/* SPDX-License-Identifier: EUPL-1.2 */
/* Measures whose counts are rounded or perturbed instead of suppressed:
 * decisions 0012 and 0013. One measure is protected by one method, in every
 * table that shows its counts and in every release; then its cells are one
 * mosaic. */
#include "sdc/rule.h"
#include "seal/seal_impl.h"

/* --- one method for one measure ------------------------------------------- */

/* True when values of the one measure are made of counts of the other. */
static bool is_made_of(const struct codes *codes, const char *measure,
                       const char *of)
{
    const struct measure *made = code_measure(codes, measure);
    return text_same(measure, of) ||
           (made != NULL && (text_same(made->numerator, of) ||
                             text_same(made->denominator, of)));
}

/* True when both may count the same persons. No relation is known between such
 * measures (cases, and cases by stage), and two roundings of one count, or one
 * beside the count itself, are the intersection of two intervals. What shares
 * one source of several, a table of the store or a unit is taken to share
 * persons. */
static bool shares_persons(const struct measure *one,
                           const struct measure *other)
{
    return one != NULL && other != NULL && one != other &&
           one->kind == MEASURE_COUNT && other->kind == MEASURE_COUNT &&
           one->confidential && other->confidential &&
           (rule_sources_meet(one->source, other->source) ||
            text_same(one->table_name, other->table_name) ||
            text_same(one->unit, other->unit));
}

/* True when the one shows counts of persons that the other counts as well. */
static bool is_kin(const struct codes *codes, const char *one,
                   const char *other)
{
    const struct measure *shown = code_measure(codes, one);
    const struct measure *of = code_measure(codes, other);
    return shown != NULL &&
           (shares_persons(shown, of) ||
            shares_persons(code_measure(codes, shown->numerator), of) ||
            shares_persons(code_measure(codes, shown->denominator), of));
}

const char *seal_changed(int base)
{
    return base > 0 ? "rounded" : "perturbed";
}

static bool fail_tables(const struct plan_table *one,
                        const struct plan_table *other, struct err *err)
{
    bool rounded = one->base > 0;
    bool same = rounded ? other->base > 0 : other->variance > 0;
    const char *why = rounded ? "not rounded" : "not perturbed";
    if (same)
        why = rounded ? "to another base" : "with another noise";
    return err_fail(err, ERR_DISCLOSURE, "seal.rounding",
                    "tables '%s' and '%s': counts of measure '%s' are %s in "
                    "the one and %s in the other: one measure is protected in "
                    "one way",
                    one->id, other->id, one->measure, seal_changed(one->base),
                    why);
}

static bool check_others(const struct seal *seal, size_t table, struct err *err)
{
    const struct plan *plan = seal->job->plan;
    const struct plan_table *at = &plan->tables[table];
    for (size_t t = 0; t < plan->table_count; t++) {
        const struct plan_table *other = &plan->tables[t];
        bool used = is_made_of(&seal->codes, other->measure, at->measure) ||
                    is_made_of(&seal->codes, other->person_years, at->measure);
        if (!used ||
            (text_same(other->measure, at->measure) &&
             other->base == at->base && other->variance == at->variance))
            continue;
        return fail_tables(at, other, err);
    }
    return true;
}

static bool check_kin(const struct seal *seal, size_t table, struct err *err)
{
    const struct plan *plan = seal->job->plan;
    const struct plan_table *at = &plan->tables[table];
    for (size_t t = 0; t < plan->table_count; t++) {
        const struct plan_table *other = &plan->tables[t];
        if (is_kin(&seal->codes, other->measure, at->measure) ||
            is_kin(&seal->codes, other->person_years, at->measure))
            return err_fail(err, ERR_DISCLOSURE, "seal.rounding",
                            "tables '%s' and '%s': measures '%s' and '%s' may "
                            "count the same persons: beside %s counts no "
                            "other counts of them are published",
                            at->id, other->id, at->measure, other->measure,
                            seal_changed(at->base));
    }
    return true;
}

static bool check_kind(const struct seal *seal, const struct plan_table *table,
                       struct err *err)
{
    const struct measure *measure = code_measure(&seal->codes, table->measure);
    if (measure == NULL || measure->kind != MEASURE_COUNT ||
        !measure->confidential)
        return err_fail(err, ERR_SCRIPT, "seal.rounding",
                        "table '%s': %s is for confidential counts, and "
                        "measure '%s' is none",
                        table->id, table->base > 0 ? "rounding" : "a cell key",
                        table->measure);
    return seal->key.size > 0 ||
           err_fail(err, ERR_DISCLOSURE, "seal.key",
                    "table '%s': %s needs an inside key: expected "
                    "'key_file' in the project",
                    table->id, table->base > 0 ? "rounding" : "a cell key");
}

/* --- one method in all releases ------------------------------------------- */

int seal_key_number(const struct seal *seal)
{
    static const char what[] = "panorama cell keys";
    return (int)(hash_keyed_number(&seal->key, what, sizeof what - 1) >> 33);
}

/* Where counts are declared revised, nothing else tells that those which were
 * not have got a second noise. */
static bool check_past_key(const struct seal *seal,
                           const struct plan_table *table,
                           const struct ledger_entry *entry, struct err *err)
{
    if (table->variance == 0 || seal->key.size == 0)
        return true; /* without one, check_kind refuses */
    for (size_t t = 0; t < entry->table_count; t++) {
        const struct ledger_table *past = &entry->tables[t];
        if (past->variance == 0 || past->key == seal_key_number(seal))
            continue;
        return err_fail(err, ERR_DISCLOSURE, "seal.key",
                        "table '%s': release '%s' was perturbed with another "
                        "key (table '%s'): the same persons would have two "
                        "noises, from which their number follows",
                        table->id, entry->release, past->id);
    }
    return true;
}

/* True when the past table shows counts, or what is made of them. */
static bool tells_counts(const struct ledger_table *past)
{
    for (size_t c = 0; c < past->column_count; c++) {
        enum pub_kind kind = past->columns[c].kind;
        if (kind != PUB_STATISTIC && kind != PUB_PERSON_YEARS)
            return true;
    }
    return false;
}

static bool check_entry(const struct seal *seal, const struct plan_table *table,
                        const struct ledger_entry *entry, struct err *err)
{
    for (size_t t = 0; t < entry->table_count; t++) {
        const struct ledger_table *past = &entry->tables[t];
        bool changed = plan_is_changed(table);
        const char *measure = changed ? table->measure : past->measure;
        const char *user = changed ? past->measure : table->measure;
        if ((!changed && !ledger_is_changed(past)) || !tells_counts(past) ||
            !is_made_of(&seal->codes, user, measure) ||
            (past->base == table->base && past->variance == table->variance))
            continue;
        return err_fail(err, ERR_DISCLOSURE, "seal.rounding",
                        "table '%s': release '%s' has published counts of "
                        "measure '%s' in another way (table '%s'): one measure "
                        "is protected in one way",
                        table->id, entry->release, measure, past->id);
    }
    return true;
}

static bool check_past_kin(const struct seal *seal,
                           const struct plan_table *table,
                           const struct ledger_entry *entry, struct err *err)
{
    for (size_t t = 0; t < entry->table_count; t++) {
        const struct ledger_table *past = &entry->tables[t];
        if (!tells_counts(past))
            continue;
        if ((plan_is_changed(table) &&
             is_kin(&seal->codes, past->measure, table->measure)) ||
            (ledger_is_changed(past) &&
             (is_kin(&seal->codes, table->measure, past->measure) ||
              is_kin(&seal->codes, table->person_years, past->measure))))
            return err_fail(err, ERR_DISCLOSURE, "seal.rounding",
                            "table '%s': release '%s' has published counts of "
                            "measure '%s' (table '%s'), which may be of the "
                            "same persons as '%s': beside %s counts no "
                            "other counts of them are published",
                            table->id, entry->release, past->measure, past->id,
                            table->measure,
                            seal_changed(table->base + past->base));
    }
    return true;
}

/* Of a measure that the store has lost nobody knows what it was made of. */
static bool check_known(const struct seal *seal, const struct plan_table *table,
                        const struct ledger_entry *entry, struct err *err)
{
    for (size_t t = 0; t < entry->table_count; t++) {
        const struct ledger_table *past = &entry->tables[t];
        if (plan_is_changed(table) && tells_counts(past) &&
            code_measure(&seal->codes, past->measure) == NULL)
            return err_fail(err, ERR_DISCLOSURE, "seal.rounding",
                            "table '%s': release '%s' has published measure "
                            "'%s' (table '%s'), which the store no longer has: "
                            "nothing proves that %s counts may stand "
                            "beside it",
                            table->id, entry->release, past->measure, past->id,
                            seal_changed(table->base));
    }
    return true;
}

static bool check_past(const struct seal *seal, const struct plan_table *table,
                       struct err *err)
{
    for (size_t e = 0; e < seal->past; e++) {
        const struct ledger_entry *entry = &seal->ledger->entries[e];
        if (!check_past_key(seal, table, entry, err) ||
            !check_known(seal, table, entry, err) ||
            !check_entry(seal, table, entry, err) ||
            !check_past_kin(seal, table, entry, err))
            return false;
    }
    return true;
}

bool seal_check_roundings(struct seal *seal, struct err *err)
{
    const struct plan *plan = seal->job->plan;
    for (size_t t = 0; t < plan->table_count; t++) {
        const struct plan_table *table = &plan->tables[t];
        if (!check_past(seal, table, err) ||
            (plan_is_changed(table) &&
             (!check_kind(seal, table, err) || !check_others(seal, t, err) ||
              !check_kin(seal, t, err))))
            return false;
    }
    return true;
}

/* --- rounding ------------------------------------------------------------- */

static struct seal_rounding *find(const struct seal *seal, const char *measure)
{
    for (size_t r = 0; r < seal->rounding_count; r++) {
        if (text_same(seal->roundings[r].measure, measure))
            return &seal->roundings[r];
    }
    return NULL;
}

static struct seal_rounding *find_or_add(struct seal *seal,
                                         const struct plan_table *table)
{
    struct seal_rounding *found = find(seal, table->measure);
    if (found != NULL)
        return found;
    /* Those that it decides for: not more strict for wider audiences, whose
     * editions print the same. */
    struct policy *policy = arena_alloc(seal->closed, sizeof *policy);
    *policy = seal->job->project->policy;
    policy->readers = policy->audience;
    found = &seal->roundings[seal->rounding_count++];
    *found = (struct seal_rounding){
        .measure = table->measure,
        .base = table->base,
        .variance = table->variance,
        .table = table->id,
        .universe = universe_new(seal->closed, &seal->codes, policy),
    };
    return found;
}

static bool gather_table(struct seal *seal, size_t t, struct err *err)
{
    const struct derived_table *table = seal->tables[t];
    struct universe *universe = find_or_add(seal, table->plan)->universe;
    size_t *cells = arena_array(seal->closed, table->rows, sizeof *cells);
    for (size_t r = 0; r < table->rows; r++) {
        struct sdc_cell_key key = seal_row_key(table, table->plan->measure, r);
        if (!universe_add(universe, &key, cube_count(table->counts, r),
                          seal_row_limit(table, r),
                          seal_row_structural(table, r), &cells[r], err))
            return err_wrap(err, "table '%s'", table->plan->id);
    }
    seal->rounded[t] = cells;
    return true;
}

/* What everybody may know that a count cannot exceed: populations, and the
 * public wholes of which it is a part. */
static const char **find_bounds(const struct seal *seal, const char *measure,
                                size_t *count)
{
    const struct codes *codes = &seal->codes;
    const char **bounds =
        arena_array(seal->closed, codes->measure_count, sizeof *bounds);
    *count = 0;
    for (size_t m = 0; m < codes->measure_count; m++) {
        const struct measure *at = &codes->measures[m];
        const struct measure *whole = code_measure(codes, at->denominator);
        if (at->kind == MEASURE_PERSON_YEARS && !at->confidential)
            bounds[(*count)++] = at->code;
        else if (at->kind == MEASURE_PROPORTION &&
                 text_same(at->numerator, measure) && whole != NULL &&
                 !whole->confidential)
            bounds[(*count)++] = whole->code;
    }
    return bounds;
}

static bool round_measure(struct seal *seal, struct seal_rounding *rounding,
                          struct err *err)
{
    struct mosaic_job job = {
        .base = rounding->base,
        .noise = ptable_standard(rounding->variance),
        .key = seal->key,
        .count = seal_count,
        .persons = seal_persons,
        .context = seal,
    };
    bool rounded = rounding->base > 0;
    job.bounds = find_bounds(seal, rounding->measure, &job.bound_count);
    if (seal_join_rounded(seal, rounding, err) &&
        (rounded ? mosaic_round : mosaic_perturb)(
            seal->closed, rounding->universe, &job, &rounding->mosaic, err))
        return true;
    const char *printed =
        arena_format(seal->closed,
                     " (earlier releases printed it: only counts that the "
                     "project declares 'revised' are %s anew)",
                     seal_changed(rounding->base));
    return err_wrap(err, "table '%s': %s of measure '%s'%s", rounding->table,
                    rounded ? "rounding" : "perturbation", rounding->measure,
                    text_same(err->id, "round.printed") ||
                            text_same(err->id, "cellkey.printed")
                        ? printed
                        : "");
}

bool seal_round(struct seal *seal, struct err *err)
{
    size_t count = seal->job->plan->table_count;
    seal->rounded = arena_array(seal->closed, count, sizeof *seal->rounded);
    seal->roundings = arena_array(seal->closed, count, sizeof *seal->roundings);
    for (size_t t = 0; t < count; t++) {
        if (plan_is_changed(seal->tables[t]->plan) &&
            !gather_table(seal, t, err))
            return false;
    }
    for (size_t r = 0; r < seal->rounding_count; r++) {
        if (!round_measure(seal, &seal->roundings[r], err))
            return false;
    }
    return true;
}

const struct seal_rounding *seal_rounding_of(const struct seal *seal,
                                             size_t table)
{
    const struct plan_table *plan = seal->tables[table]->plan;
    return plan_is_changed(plan) ? find(seal, plan->measure) : NULL;
}

int64_t seal_rounded(const struct seal *seal, size_t table, size_t row)
{
    const struct seal_rounding *rounding = seal_rounding_of(seal, table);
    return rounding->mosaic.values[seal->rounded[table][row]];
}

static void review_noise(const struct seal_rounding *rounding, struct text *out)
{
    const struct cellkey_report *report = &rounding->mosaic.noise;
    text_format(out,
                "noise\t%s\tvariance %d\tmost %lld\tcells %zu\tchanged %zu"
                "\tmean error %.2f\tunadditive %zu of %zu\n",
                rounding->measure, rounding->variance,
                (long long)rounding->mosaic.most, report->cells,
                report->changed, report->mean_error, report->unadditive,
                report->relations);
}

void seal_rounding_review(const struct seal *seal, struct text *out)
{
    for (size_t r = 0; r < seal->rounding_count; r++) {
        const struct seal_rounding *rounding = &seal->roundings[r];
        const struct round_report *report = &rounding->mosaic.report;
        if (rounding->base == 0) {
            review_noise(rounding, out);
            continue;
        }
        text_format(out,
                    "rounding\t%s\tbase %d\twindow %lld\tcells %zu\ttiles %zu"
                    "\tmean error %.2f\n",
                    rounding->measure, rounding->base,
                    (long long)report->window, report->cells, report->leaves,
                    report->mean_error);
    }
}
