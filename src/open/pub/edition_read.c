/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub/edition_impl.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/num.h"
#include "pub/build.h"

/* An edition being read. Every accessor of the current row checks type and
 * range; the first problem is kept in err and stops the reading. */
struct reader {
    struct arena *open;
    sqlite3 *db;
    sqlite3_stmt *stmt;
    const char *path;
    struct err *err;
    bool failed;
    struct edition *edition;
    struct codes *codes;
    struct project *project;
};

static void fail(struct reader *r, const char *what)
{
    if (r->failed)
        return;
    r->failed = true;
    err_fail(r->err, ERR_INPUT, "edition.damaged", "edition '%s': %s", r->path,
             what);
}

static void begin(struct reader *r, const char *sql)
{
    r->stmt = NULL;
    if (!r->failed &&
        sqlite3_prepare_v2(r->db, sql, -1, &r->stmt, NULL) != SQLITE_OK)
        fail(r, sqlite3_errmsg(r->db));
}

static bool next(struct reader *r)
{
    if (r->failed)
        return false;
    int step = sqlite3_step(r->stmt);
    if (step == SQLITE_ROW)
        return true;
    if (step != SQLITE_DONE)
        fail(r, sqlite3_errmsg(r->db));
    return false;
}

static void end(struct reader *r)
{
    sqlite3_finalize(r->stmt);
    r->stmt = NULL;
}

static const char *get_text(struct reader *r, int column)
{
    const unsigned char *text = sqlite3_column_text(r->stmt, column);
    if (text == NULL) {
        fail(r, "a text is missing");
        return "";
    }
    return arena_text(r->open, (const char *)text);
}

static int get_int(struct reader *r, int column, int64_t low, int64_t high)
{
    int64_t value = sqlite3_column_int64(r->stmt, column);
    if (sqlite3_column_type(r->stmt, column) != SQLITE_INTEGER || value < low ||
        value > high) {
        fail(r, "a number is out of range");
        return (int)low;
    }
    return (int)value;
}

static size_t count_rows(struct reader *r, const char *table)
{
    begin(r, arena_format(r->open, "SELECT count(*) FROM %s", table));
    size_t count = 0;
    if (next(r))
        count = (size_t)get_int(r, 0, 0, INT32_MAX);
    end(r);
    return count;
}

/* Value of a release key; missing keys are an error. */
static const char *release_value(struct reader *r, const char *key)
{
    const char *value = "";
    begin(r, "SELECT value FROM release WHERE key = ?");
    if (!r->failed)
        sqlite3_bind_text(r->stmt, 1, key, -1, SQLITE_STATIC);
    if (next(r))
        value = get_text(r, 0);
    else
        fail(r, arena_format(r->open, "no key '%s'", key));
    end(r);
    return value;
}

/* A text of each language, under keys as "title.fr". */
static void release_texts(struct reader *r, const char *key,
                          const char *out[LANG_COUNT])
{
    for (size_t l = 0; l < LANG_COUNT; l++)
        out[l] = release_value(
            r, arena_format(r->open, "%s.%s", key, lang_code((enum lang)l)));
}

static int64_t release_number(struct reader *r, const char *key)
{
    int64_t number = 0;
    if (!num_parse_int64(release_value(r, key), &number))
        fail(r, arena_format(r->open, "key '%s' is not a number", key));
    return number;
}

/* Words separated by single spaces. */
static const char **get_words(struct reader *r, int column, size_t *count)
{
    char **words = NULL;
    *count = text_split(r->open, get_text(r, column), ' ', &words);
    const char **out = arena_array(r->open, *count, sizeof *out);
    for (size_t i = 0; i < *count; i++)
        out[i] = words[i];
    return out;
}

static void read_langs(struct reader *r)
{
    char **words = NULL;
    size_t count = text_split(r->open, release_value(r, "langs"), ' ', &words);
    for (size_t i = 0; i < count && i < LANG_COUNT; i++) {
        if (!lang_parse(words[i], &r->project->langs[i]))
            fail(r, "unknown language");
    }
    r->project->lang_count = count < LANG_COUNT ? count : LANG_COUNT;
}

static void read_about(struct reader *r, const char *text,
                       struct policy_rule *rule)
{
    const struct json *about = NULL;
    struct err ignored = {0};
    if (!json_parse(r->open, "rule", text, strlen(text), &about, &ignored) ||
        !rule_about_read(r->open, about, rule))
        fail(r, "a rule about unknown cells");
}

static void read_rule(struct reader *r, struct policy_rule *rule)
{
    if (!rule_kind_parse(get_text(r, 0), &rule->kind))
        fail(r, "a rule of unknown kind");
    rule->audience = AUDIENCE_ANY;
    rule->label[LANG_FR] = get_text(r, 1);
    rule->label[LANG_EN] = get_text(r, 2);
    rule->threshold = sqlite3_column_int64(r->stmt, 3);
    rule->population = sqlite3_column_int64(r->stmt, 4);
    rule->legal_basis[LANG_FR] = get_text(r, 5);
    rule->legal_basis[LANG_EN] = get_text(r, 6);
    rule->owner[LANG_FR] = get_text(r, 7);
    rule->owner[LANG_EN] = get_text(r, 8);
    rule->date = get_text(r, 9);
    read_about(r, get_text(r, 10), rule);
}

/* The rules in force, as readers are told them. */
static void read_rules(struct reader *r, struct policy *policy)
{
    policy->rules =
        arena_array(r->open, count_rows(r, "rule"), sizeof *policy->rules);
    begin(r, "SELECT kind, label_fr, label_en, threshold, population,"
             " legal_basis_fr, legal_basis_en, owner_fr, owner_en, date, about"
             " FROM rule ORDER BY place");
    while (next(r))
        read_rule(r, &policy->rules[policy->rule_count++]);
    end(r);
}

static void read_policy(struct reader *r)
{
    struct policy *policy = &r->project->policy;
    if (!audience_parse(release_value(r, "policy.audience"), &policy->audience))
        fail(r, "unknown audience");
    policy->threshold = release_number(r, "policy.threshold");
    release_texts(r, "policy.legal_basis", policy->legal_basis);
    release_texts(r, "policy.owner", policy->owner);
    policy->date = release_value(r, "policy.date");
    policy->unreliable_under = release_number(r, "policy.unreliable_under");
    policy->caution_under = release_number(r, "policy.caution_under");
    policy->alive_under = release_number(r, "policy.alive_under");
    policy->waivers =
        arena_array(r->open, count_rows(r, "waiver"), sizeof *policy->waivers);
    begin(r, "SELECT kind, reason_fr, reason_en, owner_fr, owner_en, date"
             " FROM waiver ORDER BY place");
    while (next(r)) {
        struct waiver *waiver = &policy->waivers[policy->waiver_count++];
        waiver->kind = get_text(r, 0);
        waiver->reason[LANG_FR] = get_text(r, 1);
        waiver->reason[LANG_EN] = get_text(r, 2);
        waiver->owner[LANG_FR] = get_text(r, 3);
        waiver->owner[LANG_EN] = get_text(r, 4);
        waiver->date = get_text(r, 5);
    }
    end(r);
    read_rules(r, policy);
}

static void read_aliases(struct reader *r)
{
    r->project->aliases = arena_array(r->open, count_rows(r, "alias"),
                                      sizeof *r->project->aliases);
    begin(r, "SELECT level, code, members FROM alias ORDER BY place");
    while (next(r)) {
        struct geo_alias *alias =
            &r->project->aliases[r->project->alias_count++];
        alias->level = get_text(r, 0);
        alias->code = get_text(r, 1);
        alias->members = get_words(r, 2, &alias->member_count);
    }
    end(r);
}

static void read_unrevised(struct reader *r)
{
    const char *list = release_value(r, "unrevised");
    const struct json *root = NULL;
    struct err ignored = {0};
    if (!json_parse(r->open, "unrevised", list, strlen(list), &root,
                    &ignored) ||
        !unrevised_read(r->open, root, &r->project->unrevised,
                        &r->project->unrevised_count))
        fail(r, "key 'unrevised' is no list of declarations");
}

static void read_release(struct reader *r)
{
    struct project *project = r->project;
    if (!text_same(release_value(r, "format"), EDITION_FORMAT))
        fail(r, "unknown edition format, expected " EDITION_FORMAT);
    project->directory = "";
    project->store = "";
    project->ledger = "";
    project->theme = "";
    project->id = release_value(r, "id");
    release_texts(r, "title", project->title);
    release_texts(r, "publisher", project->publisher);
    project->date = release_value(r, "date");
    release_texts(r, "licence", project->licence);
    release_texts(r, "contact", project->contact);
    if (!state_parse(release_value(r, "state"), &project->state))
        fail(r, "key 'state' is no state of a release");
    project->embargo = release_value(r, "embargo");
    if (!archive_parse(release_value(r, "pdf.conformance"), &project->archive))
        fail(r, "key 'pdf.conformance' is none of 2a, 1b, 3a");
    project->compact = text_same(release_value(r, "pdf.compact"), "1");
    project->layout = release_value(r, "layout");
    r->edition->snapshot = release_value(r, "snapshot");
    r->edition->version = release_value(r, "version");
    r->edition->ledger = release_value(r, "ledger");
    read_langs(r);
    read_unrevised(r);
    read_policy(r);
    read_aliases(r);
}

static void read_measures(struct reader *r)
{
    struct codes *codes = r->codes;
    codes->registry = arena_array(r->open, count_rows(r, "registry"),
                                  sizeof *codes->registry);
    begin(r, "SELECT key, value FROM registry ORDER BY place");
    while (next(r)) {
        struct pair *pair = &codes->registry[codes->registry_count++];
        pair->key = get_text(r, 0);
        pair->value = get_text(r, 1);
    }
    end(r);
    codes->measures =
        arena_array(r->open, count_rows(r, "measure"), sizeof *codes->measures);
    begin(r, "SELECT code, kind, unit, numerator, denominator, confidential,"
             " source, method, label_fr, label_en FROM measure"
             " ORDER BY place");
    while (next(r)) {
        struct measure *measure = &codes->measures[codes->measure_count++];
        measure->code = get_text(r, 0);
        measure->kind =
            (enum measure_kind)get_int(r, 1, MEASURE_COUNT, MEASURE_DURATION);
        measure->unit = get_text(r, 2);
        measure->table_name = "";
        measure->numerator = get_text(r, 3);
        measure->denominator = get_text(r, 4);
        measure->confidential = get_int(r, 5, 0, 1) == 1;
        measure->source = get_text(r, 6);
        measure->method = get_text(r, 7);
        measure->label[LANG_FR] = get_text(r, 8);
        measure->label[LANG_EN] = get_text(r, 9);
    }
    end(r);
}

/* Space-separated numbers below `limit`. */
static int *get_numbers(struct reader *r, int column, int limit, size_t *count)
{
    char **words = NULL;
    *count = text_split(r->open, get_text(r, column), ' ', &words);
    int *numbers = arena_array(r->open, *count, sizeof *numbers);
    for (size_t i = 0; i < *count; i++) {
        int64_t number = 0;
        if (!num_parse_int64(words[i], &number) || number < 0 ||
            number >= limit)
            fail(r, "a list holds a number out of range");
        else
            numbers[i] = (int)number;
    }
    return numbers;
}

static void read_node(struct reader *r, struct node *node)
{
    node->code = get_text(r, 1);
    node->level = get_text(r, 2);
    node->label[LANG_FR] = get_text(r, 3);
    node->label[LANG_EN] = get_text(r, 4);
    node->article = get_text(r, 5);
    node->icd10 = get_text(r, 6);
    node->sex = get_text(r, 7);
    node->parent = get_int(r, 8, -1, INT32_MAX);
    node->low = get_int(r, 9, -1, 9999);
    node->high = get_int(r, 10, -1, 9999);
    node->zone = get_int(r, 11, 0, 1) == 1;
    int *leaves = get_numbers(r, 12, UINT16_MAX, &node->leaf_count);
    uint16_t *narrow = arena_array(r->open, node->leaf_count, sizeof *narrow);
    for (size_t i = 0; i < node->leaf_count; i++)
        narrow[i] = (uint16_t)leaves[i];
    node->leaves = narrow;
}

static void read_nodes(struct reader *r)
{
    for (size_t d = 0; d < DIM_COUNT; d++)
        r->codes->dims[d].dim = (enum dim)d;
    begin(r, "SELECT dim, code, level, label_fr, label_en, article, icd10,"
             " sex, parent, low, high, zone, leaves FROM node"
             " ORDER BY dim, place");
    while (next(r)) {
        struct node node = {0};
        int dim = get_int(r, 0, 0, DIM_COUNT - 1);
        read_node(r, &node);
        if (r->failed)
            break;
        code_add(r->open, &r->codes->dims[dim], &node);
    }
    end(r);
    for (size_t d = 0; d < DIM_COUNT && !r->failed; d++) {
        struct dimension *dimension = &r->codes->dims[d];
        for (size_t i = 0; i < dimension->count; i++) {
            if (dimension->nodes[i].parent >= (int)dimension->count)
                fail(r, "a parent is out of range");
        }
    }
}

static void read_reports(struct reader *r)
{
    size_t count = count_rows(r, "report");
    struct plan_report *reports = arena_array(r->open, count, sizeof *reports);
    size_t at = 0;
    begin(r, "SELECT id, path, title_fr, title_en, each_territory, formats"
             " FROM report ORDER BY place");
    while (next(r)) {
        struct plan_report *report = &reports[at++];
        report->id = get_text(r, 0);
        report->path = get_text(r, 1);
        report->title[LANG_FR] = get_text(r, 2);
        report->title[LANG_EN] = get_text(r, 3);
        report->each.words = get_words(r, 4, &report->each.count);
        report->formats = get_words(r, 5, &report->format_count);
    }
    end(r);
    r->edition->reports = reports;
    r->edition->report_count = at;
}

static void read_columns(struct reader *r, int sheet, struct pub_draft *draft)
{
    draft->columns = arena_array(r->open, 256, sizeof *draft->columns);
    begin(r, "SELECT id, kind, part, standard, unit, decimals, lower, upper,"
             " share_of FROM sheet_column WHERE sheet = ? ORDER BY place");
    if (!r->failed)
        sqlite3_bind_int(r->stmt, 1, sheet);
    while (next(r) && draft->column_count < 256) {
        struct pub_column *column = &draft->columns[draft->column_count++];
        column->id = get_text(r, 0);
        column->kind = (enum pub_kind)get_int(r, 1, PUB_COUNT, PUB_STATISTIC);
        column->part = (enum pub_part)get_int(r, 2, PUB_VALUE, PUB_UPPER);
        column->standard = get_text(r, 3);
        column->unit = get_text(r, 4);
        column->decimals = get_int(r, 5, 0, 12);
        column->lower = get_int(r, 6, -1, 255);
        column->upper = get_int(r, 7, -1, 255);
        column->of = (enum dim)get_int(r, 8, 0, DIM_COUNT - 1);
    }
    end(r);
}

static void read_axes(struct reader *r, int sheet, struct pub_draft *draft)
{
    begin(r, "SELECT dim, nodes FROM sheet_axis WHERE sheet = ?"
             " ORDER BY dim");
    if (!r->failed)
        sqlite3_bind_int(r->stmt, 1, sheet);
    int expected = 0;
    while (next(r)) {
        int dim = get_int(r, 0, expected, expected);
        int limit = (int)r->codes->dims[dim].count;
        draft->axis[dim] = get_numbers(r, 1, limit, &draft->axis_count[dim]);
        expected++;
        if (expected > DIM_COUNT - 1)
            break;
    }
    end(r);
    if (expected != DIM_COUNT)
        fail(r, "a table lacks an axis");
}

static bool fits_base(const struct pub_table *table, size_t column,
                      double value)
{
    int base = pub_rounding(table).base;
    return base == 0 || pub_column(table, column)->kind != PUB_COUNT ||
           !(fabs(remainder(value, base)) > 0.0);
}

static void read_cell(struct reader *r, struct pub_table *table)
{
    int row = get_int(r, 0, 0, (int64_t)pub_rows(table) - 1);
    int column = get_int(r, 1, 0, (int64_t)pub_columns(table) - 1);
    const char *letter = (const char *)sqlite3_column_text(r->stmt, 2);
    enum availability status = NOT_AVAILABLE;
    if (letter == NULL || letter[0] == '\0' || letter[1] != '\0' ||
        !availability_parse(letter[0], &status))
        fail(r, "a cell has an unknown status");
    bool has_value = sqlite3_column_type(r->stmt, 3) == SQLITE_FLOAT;
    double value = sqlite3_column_double(r->stmt, 3);
    if (has_value != (status == AVAILABLE) || (has_value && !isfinite(value)))
        fail(r, "a cell without value holds a number, or the reverse");
    int flags = get_int(r, 4, 0, 63);
    int usual = r->failed ? 0 : pub_column(table, (size_t)column)->decimals;
    int decimals = get_int(r, 5, status == AVAILABLE ? 0 : usual, usual);
    if (has_value && !r->failed && !fits_base(table, (size_t)column, value))
        fail(r, "a rounded count is no multiple of its base");
    if (decimals < usual && fabs(value - num_round(value, decimals)) > 0.0)
        fail(r, "a coarsened value has more digits than it says");
    if (r->failed)
        return;
    pub_put(table, (size_t)row, (size_t)column, status, value, (unsigned)flags);
    if (decimals < usual)
        pub_coarsen(table, (size_t)row, (size_t)column, decimals);
}

static void read_cells(struct reader *r, int sheet, struct pub_table *table)
{
    size_t seen = 0;
    begin(r, "SELECT line, place, status, value, flags, decimals FROM cell"
             " WHERE sheet = ? ORDER BY line, place");
    if (!r->failed)
        sqlite3_bind_int(r->stmt, 1, sheet);
    for (; next(r); seen++)
        read_cell(r, table);
    end(r);
    if (seen != pub_rows(table) * pub_columns(table))
        fail(r, "a table lacks cells");
    begin(r, "SELECT line, share FROM coverage WHERE sheet = ?"
             " ORDER BY line");
    if (!r->failed)
        sqlite3_bind_int(r->stmt, 1, sheet);
    while (next(r)) {
        int row = get_int(r, 0, 0, (int64_t)pub_rows(table) - 1);
        double share = sqlite3_column_double(r->stmt, 1);
        if (!(share >= 0.0 && share <= 1.0))
            fail(r, "a coverage is not a share");
        else
            pub_put_coverage(table, (size_t)row, share);
    }
    end(r);
}

/* A draft that pub_build can take: known measure, axes not empty. */
static bool draft_sound(struct reader *r, const struct pub_draft *draft)
{
    if (code_measure(r->codes, draft->measure) == NULL)
        fail(r, "a table has an unknown measure");
    if (draft->column_count == 0)
        fail(r, "a table has no column");
    size_t rows = 1;
    for (size_t d = 0; d < DIM_COUNT && !r->failed; d++) {
        if (draft->axis_count[d] == 0 ||
            draft->axis_count[d] > 100000000 / rows)
            fail(r, "a table has an impossible size");
        else
            rows *= draft->axis_count[d];
    }
    for (size_t c = 0; c < draft->column_count; c++) {
        if (draft->columns[c].lower >= (int)draft->column_count ||
            draft->columns[c].upper >= (int)draft->column_count)
            fail(r, "a column has an impossible interval");
    }
    return !r->failed;
}

static void read_tables(struct reader *r)
{
    size_t count = count_rows(r, "sheet");
    struct pub_draft *drafts = arena_array(r->open, count, sizeof *drafts);
    size_t at = 0;
    begin(r,
          "SELECT id, report, title_fr, title_en, note_fr, note_en,"
          " measure, open_data, coarsened_fr, coarsened_en, base, window_bases,"
          " noise_variance, noise_most, noise_key FROM sheet"
          " ORDER BY place");
    while (next(r)) {
        struct pub_draft *draft = &drafts[at++];
        draft->id = get_text(r, 0);
        draft->report = get_text(r, 1);
        draft->title[LANG_FR] = get_text(r, 2);
        draft->title[LANG_EN] = get_text(r, 3);
        draft->note[LANG_FR] = get_text(r, 4);
        draft->note[LANG_EN] = get_text(r, 5);
        draft->measure = get_text(r, 6);
        draft->open_data = get_int(r, 7, 0, 1) == 1;
        draft->coarsened[LANG_FR] = get_text(r, 8);
        draft->coarsened[LANG_EN] = get_text(r, 9);
        draft->rounding.base = get_int(r, 10, 0, PLAN_BASE_MOST);
        draft->rounding.window = get_int(r, 11, 0, INT32_MAX);
        if ((draft->rounding.base > 0) != (draft->rounding.window > 0))
            fail(r, "a rounding without its window");
        draft->noise.variance = get_int(r, 12, 0, PLAN_VARIANCE_MOST);
        draft->noise.most = get_int(r, 13, 0, INT32_MAX);
        draft->noise.key = get_int(r, 14, 0, INT32_MAX);
        if ((draft->noise.variance > 0) != (draft->noise.most > 0) ||
            (draft->noise.variance > 0 && draft->rounding.base > 0))
            fail(r, "a noise without its most, or beside a rounding");
    }
    end(r);
    const struct pub_table **tables = arena_array(r->open, at, sizeof *tables);
    for (size_t t = 0; t < at && !r->failed; t++) {
        read_columns(r, (int)t, &drafts[t]);
        read_axes(r, (int)t, &drafts[t]);
        if (!draft_sound(r, &drafts[t]))
            break;
        struct pub_table *table = pub_build(r->open, r->codes, &drafts[t]);
        read_cells(r, (int)t, table);
        tables[t] = table;
    }
    r->edition->tables = tables;
    r->edition->table_count = at;
}

static bool read_hash(struct reader *r)
{
    char hex[HASH_HEX_SIZE];
    if (!hash_file(r->path, hex, r->err))
        return false;
    r->edition->hash = arena_text(r->open, hex);
    return true;
}

bool edition_read(struct arena *open, const char *path,
                  const struct edition **out, struct err *err)
{
    struct reader r = {.open = open, .path = path, .err = err};
    r.edition = arena_alloc(open, sizeof *r.edition);
    r.codes = arena_alloc(open, sizeof *r.codes);
    r.project = arena_alloc(open, sizeof *r.project);
    r.edition->codes = r.codes;
    r.edition->project = r.project;
    if (sqlite3_open_v2(path, &r.db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        fail(&r, sqlite3_errmsg(r.db));
    else
        sqlite3_db_config(r.db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    read_release(&r);
    read_measures(&r);
    read_nodes(&r);
    read_reports(&r);
    read_tables(&r);
    sqlite3_close(r.db);
    if (r.failed || !read_hash(&r))
        return false;
    *out = r.edition;
    return true;
}
