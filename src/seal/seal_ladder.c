/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables that coarsen themselves instead of having many holes. Each round
 * protects the whole release from scratch; what decides is the share of rows
 * that readers would see without a number, which the release tells anyway. */
#include "seal/seal_impl.h"

static bool place(struct seal *seal, size_t table, size_t step, struct err *err)
{
    const struct plan_table *plan = &seal->job->plan->tables[table];
    struct seal_ladder *ladder = &seal->ladders[table];
    ladder->step = step;
    return plan_ladder_table(seal->closed, &seal->codes, plan, step,
                             &ladder->table, err) ||
           err_wrap(err, "table '%s'", plan->id);
}

void seal_ladder_start(struct seal *seal)
{
    size_t count = seal->job->plan->table_count;
    seal->ladders = arena_array(seal->closed, count, sizeof *seal->ladders);
    for (size_t t = 0; t < count; t++) {
        for (size_t lang = 0; lang < LANG_COUNT; lang++)
            seal->ladders[t].note[lang] = "";
        seal->ladders[t].table = seal->job->plan->tables[t];
    }
}

static bool is_enough(const struct seal *seal, size_t table)
{
    struct arena *scratch = arena_new();
    double share = seal->ladders[table].table.ladder.share;
    size_t cells, confidential;
    pub_suppressed(seal_copy(seal, scratch, table), &cells, &confidential);
    arena_wipe(scratch);
    return (double)confidential <= share * (double)cells;
}

static void tell(struct seal *seal, size_t table)
{
    struct seal_ladder *ladder = &seal->ladders[table];
    bool enough = is_enough(seal, table);
    for (unsigned l = 0; l < LANG_COUNT; l++) {
        enum lang lang = (enum lang)l;
        const char *note =
            plan_ladder_note(seal->closed, &ladder->table, ladder->step, lang);
        ladder->note[l] =
            enough ? note
                   : arena_format(seal->closed, "%s %s", note,
                                  locale_text(lang, "ladder.not_enough"));
    }
}

/* What a round has made of the counts of measures goes with it: its index
 * knows the codes of that round only. */
static void forget(struct seal *seal)
{
    for (size_t m = 0; m < seal->codes.measure_count; m++)
        seal->measures[m].counts = NULL;
}

bool seal_ladder_climb(struct seal *seal, bool *again, struct err *err)
{
    size_t count = seal->job->plan->table_count;
    *again = false;
    for (size_t t = 0; t < count; t++) {
        const struct plan_ladder *ladder = &seal->ladders[t].table.ladder;
        size_t step = seal->ladders[t].step;
        if (step == ladder->step_count || is_enough(seal, t))
            continue;
        *again = true;
        seal->ladders[t].climbs = true;
    }
    for (size_t t = 0; t < count; t++) {
        struct seal_ladder *ladder = &seal->ladders[t];
        if (ladder->climbs && !place(seal, t, ladder->step + 1, err))
            return false;
        ladder->climbs = false;
        if (!*again && ladder->table.ladder.step_count > 0)
            tell(seal, t);
    }
    if (*again)
        forget(seal);
    return true;
}
