/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub/edition_impl.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/fs.h"

/* One open edition file and the statement being bound; `next` is the number
 * of the parameter that comes next. The first failure latches. */
struct writer {
    struct arena *scratch;
    sqlite3 *db;
    sqlite3_stmt *stmt;
    int next;
    bool failed;
};

static void run(struct writer *w, const char *sql)
{
    if (!w->failed && sqlite3_exec(w->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        w->failed = true;
}

static void begin(struct writer *w, const char *sql)
{
    w->next = 1;
    if (!w->failed &&
        sqlite3_prepare_v2(w->db, sql, -1, &w->stmt, NULL) != SQLITE_OK)
        w->failed = true;
}

static void put_text(struct writer *w, const char *text)
{
    if (!w->failed && sqlite3_bind_text(w->stmt, w->next++, text, -1,
                                        SQLITE_STATIC) != SQLITE_OK)
        w->failed = true;
}

static void put_int(struct writer *w, int64_t value)
{
    if (!w->failed &&
        sqlite3_bind_int64(w->stmt, w->next++, value) != SQLITE_OK)
        w->failed = true;
}

static void put_double(struct writer *w, double value)
{
    if (!w->failed &&
        sqlite3_bind_double(w->stmt, w->next++, value) != SQLITE_OK)
        w->failed = true;
}

static void put_null(struct writer *w)
{
    w->next++;
}

static void row(struct writer *w)
{
    if (w->failed)
        return;
    if (sqlite3_step(w->stmt) != SQLITE_DONE)
        w->failed = true;
    sqlite3_reset(w->stmt);
    sqlite3_clear_bindings(w->stmt);
    w->next = 1;
}

static void end(struct writer *w)
{
    sqlite3_finalize(w->stmt);
    w->stmt = NULL;
}

static void put_pair(struct writer *w, const char *key, const char *value)
{
    put_text(w, key);
    put_text(w, value);
    row(w);
}

/* A text of each language: keys "title.fr", "title.en". */
static void put_said(struct writer *w, const char *key,
                     const char *const texts[LANG_COUNT])
{
    for (size_t l = 0; l < LANG_COUNT; l++)
        put_pair(
            w, arena_format(w->scratch, "%s.%s", key, lang_code((enum lang)l)),
            texts[l]);
}

static char *join_langs(struct arena *scratch, const struct project *project)
{
    struct text list = text_new(scratch);
    for (size_t l = 0; l < project->lang_count; l++) {
        if (l > 0)
            text_add_char(&list, ' ');
        text_add(&list, lang_code(project->langs[l]));
    }
    return list.at;
}

static void put_policy(struct writer *w, const struct policy *policy)
{
    put_pair(w, "policy.audience", audience_name(policy->audience));
    put_pair(w, "policy.threshold",
             arena_format(w->scratch, "%lld", (long long)policy->threshold));
    put_said(w, "policy.legal_basis", policy->legal_basis);
    put_said(w, "policy.owner", policy->owner);
    put_pair(w, "policy.date", policy->date);
    put_pair(
        w, "policy.unreliable_under",
        arena_format(w->scratch, "%lld", (long long)policy->unreliable_under));
    put_pair(
        w, "policy.caution_under",
        arena_format(w->scratch, "%lld", (long long)policy->caution_under));
    put_pair(w, "policy.alive_under",
             arena_format(w->scratch, "%lld", (long long)policy->alive_under));
}

static const char *unrevised_text(struct arena *scratch,
                                  const struct project *project)
{
    struct text list = text_new(scratch);
    unrevised_write(&list, project);
    return list.at;
}

static void put_release(struct writer *w, const struct edition *edition)
{
    const struct project *project = edition->project;
    begin(w, "INSERT INTO release VALUES(?,?)");
    put_pair(w, "format", EDITION_FORMAT);
    put_pair(w, "id", project->id);
    put_pair(w, "series", project->series);
    put_pair(w, "previous", project->previous);
    put_said(w, "changes", project->changes);
    put_said(w, "title", project->title);
    put_said(w, "publisher", project->publisher);
    put_pair(w, "date", project->date);
    put_said(w, "licence", project->licence);
    put_said(w, "contact", project->contact);
    put_pair(w, "frequency", frequency_name(project->frequency));
    put_pair(w, "state", state_name(project->state));
    put_pair(w, "embargo", project->embargo);
    put_pair(w, "pdf.conformance", archive_name(project->archive));
    put_pair(w, "pdf.compact", project->compact ? "1" : "0");
    put_pair(w, "langs", join_langs(w->scratch, project));
    put_pair(w, "layout", project->layout);
    put_pair(w, "snapshot", edition->snapshot);
    put_pair(w, "version", edition->version);
    put_pair(w, "ledger", edition->ledger);
    put_pair(w, "unrevised", unrevised_text(w->scratch, project));
    put_policy(w, &project->policy);
    end(w);
}

static void put_waivers(struct writer *w, const struct project *project)
{
    begin(w, "INSERT INTO waiver VALUES(?,?,?,?,?,?,?)");
    for (size_t i = 0; i < project->policy.waiver_count; i++) {
        const struct waiver *waiver = &project->policy.waivers[i];
        put_int(w, (int64_t)i);
        put_text(w, waiver->kind);
        put_text(w, waiver->reason[LANG_FR]);
        put_text(w, waiver->reason[LANG_EN]);
        put_text(w, waiver->owner[LANG_FR]);
        put_text(w, waiver->owner[LANG_EN]);
        put_text(w, waiver->date);
        row(w);
    }
    end(w);
}

/* What readers are told of the rules in force: never which cells a list
 * names. */
static void put_rules(struct writer *w, const struct policy *policy)
{
    begin(w, "INSERT INTO rule VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_rule *rule = &policy->rules[i];
        if (!rule_in_force(policy, rule))
            continue;
        put_int(w, (int64_t)i);
        put_text(w, rule_kind_name(rule->kind));
        put_text(w, rule->label[LANG_FR]);
        put_text(w, rule->label[LANG_EN]);
        put_int(w, rule->threshold);
        put_int(w, rule->population);
        put_text(w, rule->legal_basis[LANG_FR]);
        put_text(w, rule->legal_basis[LANG_EN]);
        put_text(w, rule->owner[LANG_FR]);
        put_text(w, rule->owner[LANG_EN]);
        put_text(w, rule->date);
        struct text about = text_new(w->scratch);
        rule_about_write(&about, rule);
        put_text(w, about.at);
        row(w);
    }
    end(w);
}

static void put_aliases(struct writer *w, const struct project *project)
{
    begin(w, "INSERT INTO alias VALUES(?,?,?,?)");
    for (size_t i = 0; i < project->alias_count; i++) {
        const struct geo_alias *alias = &project->aliases[i];
        put_int(w, (int64_t)i);
        put_text(w, alias->level);
        put_text(w, alias->code);
        put_text(
            w, text_join(w->scratch, alias->members, alias->member_count, " "));
        row(w);
    }
    end(w);
}

static void put_measures(struct writer *w, const struct codes *codes)
{
    begin(w, "INSERT INTO registry VALUES(?,?,?)");
    for (size_t i = 0; i < codes->registry_count; i++) {
        put_int(w, (int64_t)i);
        put_text(w, codes->registry[i].key);
        put_text(w, codes->registry[i].value);
        row(w);
    }
    end(w);
    begin(w, "INSERT INTO measure VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
    for (size_t i = 0; i < codes->measure_count; i++) {
        const struct measure *measure = &codes->measures[i];
        put_int(w, (int64_t)i);
        put_text(w, measure->code);
        put_int(w, measure->kind);
        put_text(w, measure->unit);
        put_text(w, measure->numerator);
        put_text(w, measure->denominator);
        put_int(w, measure->confidential);
        put_int(w, measure->dims);
        put_text(w, measure->source);
        put_text(w, measure->method);
        put_text(w, measure->label[LANG_FR]);
        put_text(w, measure->label[LANG_EN]);
        row(w);
    }
    end(w);
}

static char *leaf_list(struct arena *scratch, const struct node *node)
{
    struct text list = text_new(scratch);
    for (size_t i = 0; i < node->leaf_count; i++)
        text_format(&list, i == 0 ? "%u" : " %u", (unsigned)node->leaves[i]);
    return list.at;
}

static void put_nodes(struct writer *w, const struct dimension *dimension)
{
    for (size_t i = 0; i < dimension->count; i++) {
        const struct node *node = &dimension->nodes[i];
        put_int(w, dimension->dim);
        put_int(w, (int64_t)i);
        put_text(w, node->code);
        put_text(w, node->level);
        put_text(w, node->label[LANG_FR]);
        put_text(w, node->label[LANG_EN]);
        put_text(w, node->article);
        put_text(w, node->icd10);
        put_text(w, node->sex);
        put_int(w, node->parent);
        put_int(w, node->low);
        put_int(w, node->high);
        put_int(w, node->zone);
        put_text(w, leaf_list(w->scratch, node));
        row(w);
    }
}

static void put_codes(struct writer *w, const struct codes *codes)
{
    put_measures(w, codes);
    begin(w, "INSERT INTO node VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    for (size_t d = 0; d < DIM_COUNT; d++)
        put_nodes(w, &codes->dims[d]);
    end(w);
}

static void put_reports(struct writer *w, const struct edition *edition)
{
    begin(w, "INSERT INTO report VALUES(?,?,?,?,?,?,?)");
    for (size_t i = 0; i < edition->report_count; i++) {
        const struct plan_report *report = &edition->reports[i];
        put_int(w, (int64_t)i);
        put_text(w, report->id);
        put_text(w, report->path);
        put_text(w, report->title[LANG_FR]);
        put_text(w, report->title[LANG_EN]);
        put_text(w, text_join(w->scratch, report->each.words,
                              report->each.count, " "));
        put_text(w, text_join(w->scratch, report->formats, report->format_count,
                              " "));
        row(w);
    }
    end(w);
}

static void put_columns(struct writer *w, const struct pub_table *table,
                        size_t place)
{
    begin(w, "INSERT INTO sheet_column VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
    for (size_t c = 0; c < pub_columns(table); c++) {
        const struct pub_column *column = pub_column(table, c);
        put_int(w, (int64_t)place);
        put_int(w, (int64_t)c);
        put_text(w, column->id);
        put_int(w, column->kind);
        put_int(w, column->part);
        put_text(w, column->standard);
        put_text(w, column->unit);
        put_int(w, column->decimals);
        put_int(w, column->lower);
        put_int(w, column->upper);
        put_int(w, column->of);
        put_int(w, column->by_sex);
        row(w);
    }
    end(w);
}

static void put_axes(struct writer *w, const struct codes *codes,
                     const struct pub_table *table, size_t place)
{
    begin(w, "INSERT INTO sheet_axis VALUES(?,?,?)");
    for (size_t d = 0; d < DIM_COUNT; d++) {
        struct text list = text_new(w->scratch);
        for (size_t p = 0; p < pub_axis_count(table, (enum dim)d); p++) {
            const struct node *node = pub_axis_node(table, (enum dim)d, p);
            text_format(&list, p == 0 ? "%td" : " %td",
                        node - codes->dims[d].nodes);
        }
        put_int(w, (int64_t)place);
        put_int(w, (int64_t)d);
        put_text(w, list.at);
        row(w);
    }
    end(w);
}

static void put_cells(struct writer *w, const struct pub_table *table,
                      size_t place)
{
    begin(w, "INSERT INTO cell VALUES(?,?,?,?,?,?,?)");
    for (size_t r = 0; r < pub_rows(table); r++) {
        for (size_t c = 0; c < pub_columns(table); c++) {
            double value = 0.0;
            enum availability status = pub_read(table, r, c, &value);
            char letter[2] = {availability_letter(status), '\0'};
            put_int(w, (int64_t)place);
            put_int(w, (int64_t)r);
            put_int(w, (int64_t)c);
            put_text(w, letter);
            if (status == AVAILABLE)
                put_double(w, value);
            else
                put_null(w);
            put_int(w, pub_flags(table, r, c));
            put_int(w, pub_decimals(table, r, c));
            row(w);
        }
    }
    end(w);
    begin(w, "INSERT INTO coverage VALUES(?,?,?)");
    for (size_t r = 0; r < pub_rows(table); r++) {
        if (pub_coverage(table, r) == 1.0)
            continue;
        put_int(w, (int64_t)place);
        put_int(w, (int64_t)r);
        put_double(w, pub_coverage(table, r));
        row(w);
    }
    end(w);
}

static void put_tables(struct writer *w, const struct edition *edition)
{
    for (size_t t = 0; t < edition->table_count; t++) {
        const struct pub_table *table = edition->tables[t];
        begin(w, "INSERT INTO sheet VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        put_int(w, (int64_t)t);
        put_text(w, pub_id(table));
        put_text(w, pub_report(table));
        put_text(w, pub_title(table, LANG_FR));
        put_text(w, pub_title(table, LANG_EN));
        put_text(w, pub_note(table, LANG_FR));
        put_text(w, pub_note(table, LANG_EN));
        put_text(w, pub_measure(table)->code);
        put_int(w, pub_open_data(table));
        put_text(w, pub_coarsened(table, LANG_FR));
        put_text(w, pub_coarsened(table, LANG_EN));
        put_int(w, pub_rounding(table).base);
        put_int(w, pub_rounding(table).window);
        put_int(w, pub_noise(table).variance);
        put_int(w, pub_noise(table).most);
        put_int(w, pub_noise(table).key);
        row(w);
        end(w);
        put_columns(w, table, t);
        put_axes(w, edition->codes, table, t);
        put_cells(w, table, t);
    }
}

static void put_standards(struct writer *w, const struct pub_basis *basis)
{
    begin(w, "INSERT INTO standard VALUES(?,?,?)");
    for (size_t s = 0; s < basis->standard_count; s++) {
        put_int(w, (int64_t)s);
        put_text(w, basis->standards[s].code);
        put_double(w, basis->standards[s].total);
        row(w);
    }
    end(w);
    begin(w, "INSERT INTO standard_band VALUES(?,?,?,?,?)");
    for (size_t s = 0; s < basis->standard_count; s++) {
        for (size_t b = 0; b < basis->standards[s].count; b++) {
            const struct standard_band *band = &basis->standards[s].bands[b];
            put_int(w, (int64_t)s);
            put_int(w, (int64_t)b);
            put_int(w, band->low);
            put_int(w, band->high);
            put_double(w, band->weight);
            row(w);
        }
    }
    end(w);
}

static char *number_list(struct arena *scratch, const int *at, size_t count)
{
    struct text list = text_new(scratch);
    for (size_t i = 0; i < count; i++)
        text_format(&list, i == 0 ? "%d" : " %d", at[i]);
    return list.at;
}

static void put_years(struct writer *w, const struct pub_years *years,
                      size_t place)
{
    begin(w, "INSERT INTO years VALUES(?,?)");
    put_int(w, (int64_t)place);
    put_text(w, years->measure);
    row(w);
    end(w);
    begin(w, "INSERT INTO years_row VALUES(?,?,?,?)");
    for (size_t r = 0; r < years->count; r++) {
        const struct pub_years_row *from = &years->rows[r];
        struct arena *scratch = arena_new();
        put_int(w, (int64_t)place);
        put_int(w, from->territory);
        put_int(w, from->period);
        put_text(w, number_list(scratch, from->at, years->width));
        row(w);
        arena_free(scratch);
    }
    end(w);
}

static void put_basis(struct writer *w, const struct pub_basis *basis)
{
    put_standards(w, basis);
    begin(w, "INSERT INTO rates VALUES(?,?,?)");
    for (size_t i = 0; i < basis->rates_count; i++) {
        put_int(w, (int64_t)i);
        put_text(w, basis->rates[i].measure);
        put_text(w, basis->rates[i].person_years);
        row(w);
    }
    end(w);
    for (size_t y = 0; y < basis->years_count; y++)
        put_years(w, &basis->years[y], y);
}

static bool fail_write(struct writer *w, const char *path, struct err *err)
{
    return err_fail(err, ERR_IO, "edition.write", "edition '%s': %s", path,
                    w->db == NULL ? "cannot be created"
                                  : sqlite3_errmsg(w->db));
}

bool edition_write(const struct edition *edition, const char *path,
                   struct err *err)
{
    if (fs_exists(path))
        return err_fail(err, ERR_IO, "edition.exists",
                        "edition '%s' exists already", path);
    struct writer w = {.scratch = arena_new()};
    bool ok = false;
    if (sqlite3_open_v2(path, &w.db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                            SQLITE_OPEN_EXCLUSIVE,
                        NULL) != SQLITE_OK)
        w.failed = true;
    run(&w, "PRAGMA page_size=4096;PRAGMA encoding='UTF-8';"
            "PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;"
            "PRAGMA temp_store=MEMORY;PRAGMA auto_vacuum=NONE;"
            "PRAGMA application_id=0x50616e6f;PRAGMA user_version=1");
    run(&w, "BEGIN");
    run(&w, edition_schema);
    put_release(&w, edition);
    put_waivers(&w, edition->project);
    put_rules(&w, &edition->project->policy);
    put_aliases(&w, edition->project);
    put_codes(&w, edition->codes);
    put_reports(&w, edition);
    put_tables(&w, edition);
    put_basis(&w, &edition->basis);
    run(&w, "COMMIT");
    if (w.failed)
        fail_write(&w, path, err);
    sqlite3_close(w.db);
    arena_free(w.scratch);
    ok = !w.failed && fs_sync(path, err);
    if (!ok)
        unlink(path);
    return ok;
}
