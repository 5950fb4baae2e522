/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "app/build.h"

static void print_words(struct text *out, const char *name,
                        const struct selection *selection)
{
    text_format(out, "    %-10s", name);
    for (size_t i = 0; i < selection->count; i++)
        text_format(out, " %s", selection->words[i]);
    text_add(out, "\n");
}

static void print_ladder(struct text *out, const struct plan_ladder *ladder)
{
    for (size_t s = 0; s < ladder->step_count; s++) {
        text_format(out, "    ladder %zu  ", s + 1);
        for (unsigned d = 0; d < DIM_COUNT; d++) {
            const struct selection *selection = &ladder->steps[s].select[d];
            for (size_t w = 0; w < selection->count; w++)
                text_format(out, " %s %s", dim_name((enum dim)d),
                            selection->words[w]);
        }
        text_add(out, "\n");
    }
}

static void print_table(struct arena *run, struct text *out,
                        const struct plan_table *table)
{
    struct plan_column *columns = NULL;
    size_t count = plan_columns(run, table, &columns);
    text_format(out, "  table %s: measure %s%s", table->id, table->measure,
                table->open_data ? ", open data" : "");
    if (table->base > 0)
        text_format(out, ", rounded to base %d", table->base);
    if (table->variance > 0)
        text_format(out, ", perturbed with variance %d", table->variance);
    text_add(out, "\n");
    for (size_t d = 0; d < DIM_COUNT; d++)
        print_words(out, dim_name((enum dim)d), &table->select[d]);
    text_format(out, "    %-10s", "columns");
    for (size_t c = 0; c < count; c++)
        text_format(out, " %s", columns[c].id);
    text_add(out, "\n");
    print_ladder(out, &table->ladder);
}

static void print_statistic(struct text *out,
                            const struct plan_statistic *statistic)
{
    text_format(out, "  statistic %s: %s of %s %s along %s%s\n", statistic->id,
                statistic_name(statistic->kind), statistic->from,
                statistic->value, dim_name(statistic->along),
                statistic->open_data ? ", open data" : "");
}

static bool load_plan(const struct invocation *call, struct plan **plan,
                      struct err *err)
{
    struct project *project = NULL;
    return build_project(call, &project, err) &&
           script_plan(call->run, project, call->words, call->word_count, plan,
                       err);
}

static bool run_plan(const struct invocation *call, struct err *err)
{
    struct plan *plan = NULL;
    if (!load_plan(call, &plan, err))
        return false;
    struct text out = text_new(call->run);
    for (size_t r = 0; r < plan->report_count; r++) {
        const struct plan_report *report = &plan->reports[r];
        text_format(&out, "report %s: %s\n", report->id, report->path);
        text_add(&out, "  documents:");
        for (size_t i = 0; i < report->each.count; i++)
            text_format(&out, " one per %s,", report->each.words[i]);
        text_format(
            &out, "%s formats %s\n", report->each.count == 0 ? " one," : "",
            text_join(call->run, report->formats, report->format_count, " "));
        for (size_t t = 0; t < plan->table_count; t++) {
            if (text_same(plan->tables[t].report, report->id))
                print_table(call->run, &out, &plan->tables[t]);
        }
        for (size_t s = 0; s < plan->statistic_count; s++) {
            if (text_same(plan->statistics[s].report, report->id))
                print_statistic(&out, &plan->statistics[s]);
        }
    }
    fputs(out.at, stdout);
    return true;
}

const struct command command_plan = {
    .name = "plan",
    .summary = "what would be published: tables, columns, documents",
    .usage = "plan [REPORT...]",
    .details = "Runs plan() of the reports. No store is opened and no data "
               "value is read.",
    .example = "panorama plan national",
    .options = "lang= release=",
    .max_words = 64,
    .run = run_plan,
};
