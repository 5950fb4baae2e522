/* SPDX-License-Identifier: EUPL-1.2 */
#include "seal/seal.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/fs.h"
#include "base/hash.h"
#include "base/progress.h"
#include "sdc/method.h"
#include "seal/seal_ages.h"
#include "seal/seal_impl.h"
#include "seal/seal_statistics.h"

/* Exact counts live in this process only: no core file, no tracer, no
 * temporary file of SQLite (the store driver keeps those in memory). */
bool seal_close_process(struct err *err)
{
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0 ||
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return err_fail(err, ERR_IO, "seal.process",
                        "the confidential process cannot be protected");
    return true;
}

/* Persons counted by a measure that says they are public. */
static bool check_persons(const struct measure *measure, struct err *err)
{
    static const char *const tables[] = {"cases", "deaths", "stage",
                                         "prevalence"};
    bool persons = false;
    for (size_t t = 0; measure != NULL && t < COUNT_OF(tables); t++)
        persons = persons || text_same(measure->table_name, tables[t]);
    if (!persons || measure->kind != MEASURE_COUNT || measure->confidential)
        return true;
    return err_fail(err, ERR_DISCLOSURE, "seal.measure",
                    "measure '%s' counts persons and is not marked "
                    "confidential",
                    measure->code);
}

/* What this version cannot protect is refused before anything is read: public
 * counts of persons, whatever they are used for, and denominators that are
 * not public. */
static bool check_measure(const struct seal *seal,
                          const struct plan_table *table, struct err *err)
{
    const struct codes *codes = &seal->codes;
    const struct measure *measure = code_measure(codes, table->measure);
    const struct measure *people = code_measure(codes, table->person_years);
    if (measure == NULL)
        return true; /* named when it is looked up */
    const struct measure *target = code_measure(codes, measure->denominator);
    if (!check_persons(measure, err) || !check_persons(people, err) ||
        !check_persons(target, err) ||
        !check_persons(code_measure(codes, measure->numerator), err))
        return false;
    if ((measure->kind == MEASURE_PERSON_YEARS && measure->confidential) ||
        (people != NULL && people->confidential) ||
        (measure->kind == MEASURE_PROPORTION && target != NULL &&
         target->confidential))
        return err_fail(err, ERR_DISCLOSURE, "seal.denominator",
                        "measure '%s' has, or is, a confidential denominator, "
                        "which cannot be protected",
                        measure->code);
    return true;
}

bool seal_codes(struct seal *seal, struct err *err)
{
    if (!store_codes(seal->store, &seal->codes, err))
        return false;
    struct seal_job *job = arena_alloc(seal->closed, sizeof *job);
    *job = *seal->job;
    job->plan = plan_within(seal->closed, &seal->codes, job->plan);
    seal->job = job;
    return true;
}

static bool load(struct seal *seal, struct err *err)
{
    const struct seal_job *job = seal->job;
    progress_stage(job->progress, "load", 0);
    if (job->key_file[0] != '\0' &&
        !method_read_key(seal->closed, job->key_file, &seal->key, err))
        return false;
    if (!store_open(seal->closed, job->store, &seal->store, err) ||
        !seal_codes(seal, err) ||
        !sdc_check_rules(&seal->codes, &job->project->policy, err))
        return false;
    seal->measures = arena_array(seal->closed, seal->codes.measure_count,
                                 sizeof *seal->measures);
    for (size_t m = 0; m < seal->codes.measure_count; m++)
        seal->measures[m].measure = &seal->codes.measures[m];
    const struct plan *plan = seal->job->plan;
    for (size_t t = 0; t < plan->table_count; t++) {
        const struct plan_table *table = &plan->tables[t];
        struct calc_source source;
        if (!check_measure(seal, table, err) ||
            !seal_lookup(seal, table->measure, &source, err))
            return err_wrap(err, "table '%s'", table->id);
    }
    return true;
}

static bool derive(struct seal *seal, struct err *err)
{
    const struct seal_job *job = seal->job;
    size_t count = job->plan->table_count;
    seal->tables = arena_array(seal->closed, count, sizeof *seal->tables);
    progress_stage(job->progress, "derive", count);
    for (size_t t = 0; t < count; t++) {
        const struct plan_table *table = &seal->ladders[t].table;
        if (!derived_build(seal->closed, &seal->codes, job->plan, table,
                           &job->project->policy, seal_lookup, seal,
                           &seal->tables[t], err))
            return err_wrap(err, "table '%s'", table->id);
        progress_step(job->progress, t + 1);
    }
    return true;
}

/* The inside report: what is suppressed and why; cells are named, counts are
 * not. */
static bool write_review(const struct seal *seal, struct err *err)
{
    if (seal->job->review[0] == '\0')
        return true;
    struct text review = text_new(seal->closed);
    clearance_review(seal->clearance, &review);
    seal_rounding_review(seal, &review);
    seal_ages_review(seal->ages, &review);
    seal_rows_review(seal, &review);
    return fs_write_private(seal->job->review, review.at, review.size, err);
}

/* One proof for each reader. */
static bool write_certificate(const struct seal *seal, struct err *err)
{
    const char *path = seal->job->certificate;
    if (path[0] == '\0')
        return true;
    struct arena *scratch = arena_new();
    struct sink *sink = sink_open_private(scratch, path);
    bool ok = true;
    for (int reader = 0; ok && reader < AUDIENCE_COUNT; reader++) {
        const char *about = arena_format(scratch, "audience %s",
                                         audience_name((enum audience)reader));
        ok = seal->rounds[reader] == NULL ||
             clearance_certificate(seal->rounds[reader], about, sink, err);
    }
    struct err ignored = {0};
    ok = sink_commit_whole(sink, ok ? err : &ignored) && ok;
    arena_wipe(scratch);
    return ok;
}

/* What was withheld from one audience stays withheld in the next round. */
static void keep(struct universe *universe, const struct clearance *clearance,
                 size_t cells)
{
    for (size_t c = 0; c < cells; c++) {
        if (!clearance_shown(clearance, c))
            universe_keep(universe, c);
    }
}

/* What rates of earlier releases would give back stays withheld as well. */
static void keep_beside(struct seal *seal, size_t cells)
{
    seal->table_cells = cells;
    if (seal->beside == NULL)
        seal->beside = arena_array(seal->closed, cells, sizeof *seal->beside);
    for (size_t c = 0; c < cells; c++) {
        if (seal->beside[c])
            universe_keep(seal->universe, c);
    }
}

/* What was suppressed beside revised numbers is protected more strictly than it
 * was: a declaration may spare that. */
static bool name_revised(const struct seal *seal, struct err *err)
{
    return seal->revised != NULL &&
           err_wrap(err,
                    "some numbers of release '%s' were revised and others were "
                    "not, and no year is declared 'unrevised' (the first that "
                    "is not evidently the store's: %s); declare the measure "
                    "'unrevised', or its years that were not revised, where "
                    "that is true",
                    seal->revised, seal->moved);
}

/* One reader, who knows all that was published for this audience and for
 * those before it. */
static bool protect_from(struct seal *seal, enum audience reader,
                         struct err *err)
{
    const struct project *project = seal->job->project;
    const struct clearance *before = seal->clearance;
    struct policy *policy = arena_alloc(seal->closed, sizeof *policy);
    *policy = project->policy;
    policy->readers = reader;
    if (reader != project->policy.audience)
        seal_past_rules(seal, reader, policy);
    if (!seal_gather(seal, policy, err))
        return false;
    if (seal->key.size > 0)
        universe_break_ties(seal->universe, &seal->key);
    size_t cells = universe_cells(seal->universe);
    if (before != NULL)
        keep(seal->universe, before, cells);
    keep_beside(seal, cells);
    return seal_join(seal, reader, err) &&
           (sdc_protect(seal->closed, seal->universe, seal_count, seal,
                        &seal->clearance, err) ||
            name_revised(seal, err));
}

/* Readers of a wider edition read this one too, and must not learn from it
 * what theirs withholds: the release withstands each of them in turn. */
static bool protect_once(struct seal *seal, struct err *err)
{
    enum audience own = seal->job->project->policy.audience;
    progress_stage(seal->job->progress, "protect", 0);
    seal->clearance = NULL;
    memset(seal->rounds, 0, sizeof seal->rounds);
    for (int reader = own; reader < AUDIENCE_COUNT; reader++) {
        if (reader != (int)own &&
            !seal_has_readers(seal, (enum audience)reader))
            continue;
        if (!protect_from(seal, (enum audience)reader, err))
            return reader != (int)own &&
                   err_wrap(err, "against readers of audience '%s'",
                            audience_name((enum audience)reader));
        seal->rounds[reader] = seal->clearance;
    }
    struct seal_ages *ages = NULL;
    if (!seal_ages_decide(seal, &ages, err))
        return false;
    seal->ages = ages;
    return true;
}

/* Each round but the last withholds more. */
static bool protect(struct seal *seal, struct err *err)
{
    seal->beside = NULL;
    seal->beside_round = 0;
    do {
        if (!protect_once(seal, err))
            return false;
        seal->beside_round++;
    } while (seal_ages_again(seal->ages));
    return true;
}

/* Derives and protects, from scratch as often as a table needs another step of
 * its ladder. */
static bool decide(struct seal *seal, struct err *err)
{
    bool again = true;
    seal_ladder_start(seal);
    while (again) {
        if (!derive(seal, err) || !protect(seal, err) ||
            !seal_ladder_climb(seal, &again, err))
            return false;
    }
    seal_tell_left(seal);
    return seal_round(seal, err) && write_review(seal, err) &&
           write_certificate(seal, err);
}

/* An opaque identity of what was read: the store's own snapshot key and the
 * release. A hash of exact content would let a guess be confirmed. */
static const char *snapshot(const struct seal *seal)
{
    const struct project *project = seal->job->project;
    char hex[HASH_HEX_SIZE];
    const char *key = arena_format(
        seal->closed, "%s\n%s\n%s", code_registry(&seal->codes, "snapshot"),
        code_registry(&seal->codes, "extraction_date"), project->id);
    hash_bytes(key, strlen(key), hex);
    return arena_slice(seal->closed, hex, 12);
}

/* What is cleared, and the statistics of it. */
static bool copy_all(struct seal *seal, const struct pub_table **tables,
                     struct err *err)
{
    const struct plan *plan = seal->job->plan;
    for (size_t t = 0; t < plan->table_count; t++)
        tables[t] = seal_copy(seal, seal->closed, t);
    return seal_statistics(seal, tables, err);
}

bool seal_write(const struct seal *seal, const struct pub_table *const *tables,
                const char *name, struct err *err)
{
    const struct seal_job *job = seal->job;
    struct edition edition = {
        .codes = &seal->codes,
        .project = job->project,
        .reports = job->plan->reports,
        .report_count = job->plan->report_count,
        .snapshot = name,
        .version = job->version,
        .ledger = seal->ledger_head,
        .tables = tables,
        .table_count = job->plan->table_count + job->plan->statistic_count,
    };
    if (seal->ages != NULL)
        seal_ages_basis(seal->ages, seal->closed, &edition.basis);
    return edition_write(&edition, job->output, err);
}

static bool write_edition(struct seal *seal, struct err *err)
{
    const struct seal_job *job = seal->job;
    size_t count = job->plan->table_count + job->plan->statistic_count;
    progress_stage(job->progress, "seal", count);
    const struct pub_table **tables =
        arena_array(seal->closed, count, sizeof *tables);
    return copy_all(seal, tables, err) &&
           seal_write(seal, tables, snapshot(seal), err);
}

bool seal_run(const struct seal_job *job, struct err *err)
{
    struct seal seal = {.closed = arena_new(), .job = job};
    bool ok = seal_close_process(err) && load(&seal, err) &&
              seal_open_ledger(&seal, err) &&
              seal_check_roundings(&seal, err) && decide(&seal, err) &&
              write_edition(&seal, err);
    store_close(seal.store);
    arena_wipe(seal.closed);
    progress_end(job->progress);
    return ok;
}
