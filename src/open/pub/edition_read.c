/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub/edition_reader.h"

#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/num.h"

/* Value of a release key; missing keys are an error. */
static const char *release_value(struct edition_reader *r, const char *key)
{
    const char *value = "";
    reader_begin(r, "SELECT value FROM release WHERE key = ?", -1);
    if (!r->failed)
        sqlite3_bind_text(r->stmt, 1, key, -1, SQLITE_STATIC);
    if (reader_next(r))
        value = reader_text(r, 0);
    else
        reader_fail(r, arena_format(r->open, "no key '%s'", key));
    reader_end(r);
    return value;
}

/* A text of each language, under keys as "title.fr". */
static void release_texts(struct edition_reader *r, const char *key,
                          const char *out[LANG_COUNT])
{
    for (size_t l = 0; l < LANG_COUNT; l++)
        out[l] = release_value(
            r, arena_format(r->open, "%s.%s", key, lang_code((enum lang)l)));
}

static int64_t release_number(struct edition_reader *r, const char *key)
{
    int64_t number = 0;
    if (!num_parse_int64(release_value(r, key), &number))
        reader_fail(r, arena_format(r->open, "key '%s' is not a number", key));
    return number;
}

static void read_langs(struct edition_reader *r)
{
    char **words = NULL;
    size_t count = text_split(r->open, release_value(r, "langs"), ' ', &words);
    for (size_t i = 0; i < count; i++) {
        if (i == LANG_COUNT || !lang_parse(words[i], &r->project->langs[i]))
            reader_fail(r, "unknown language");
        if (r->failed)
            return;
    }
    r->project->lang_count = count;
}

static const char *get_date(struct edition_reader *r, int column)
{
    const char *date = reader_line(r, column);
    if (!date_exists(date))
        reader_fail(r, "a rule without its date");
    return date;
}

static void read_about(struct edition_reader *r, const char *text,
                       struct policy_rule *rule)
{
    const struct json *about = NULL;
    struct err ignored = {0};
    if (!json_parse(r->open, "rule", text, strlen(text), &about, &ignored) ||
        !rule_about_read(r->open, about, rule))
        reader_fail(r, "a rule about unknown cells");
}

static void read_rule(struct edition_reader *r, struct policy_rule *rule)
{
    if (!rule_kind_parse(reader_text(r, 0), &rule->kind))
        reader_fail(r, "a rule of unknown kind");
    rule->audience = AUDIENCE_ANY;
    rule->label[LANG_FR] = reader_text(r, 1);
    rule->label[LANG_EN] = reader_text(r, 2);
    rule->threshold = reader_int64(r, 3, 0, INT64_MAX);
    rule->population = reader_int64(r, 4, 0, INT64_MAX);
    rule->legal_basis[LANG_FR] = reader_text(r, 5);
    rule->legal_basis[LANG_EN] = reader_text(r, 6);
    rule->owner[LANG_FR] = reader_text(r, 7);
    rule->owner[LANG_EN] = reader_text(r, 8);
    rule->date = get_date(r, 9);
    read_about(r, reader_text(r, 10), rule);
}

/* The rules in force, as readers are told them. */
static void read_rules(struct edition_reader *r, struct policy *policy)
{
    size_t capacity = 0;
    reader_begin(
        r,
        "SELECT kind, label_fr, label_en, threshold, population,"
        " legal_basis_fr, legal_basis_en, owner_fr, owner_en, date, about"
        " FROM rule ORDER BY place",
        -1);
    while (reader_next(r)) {
        policy->rules = arena_grow(r->open, policy->rules, policy->rule_count,
                                   &capacity, sizeof *policy->rules);
        read_rule(r, &policy->rules[policy->rule_count++]);
    }
    reader_end(r);
}

static void read_policy(struct edition_reader *r)
{
    struct policy *policy = &r->project->policy;
    if (!audience_parse(release_value(r, "policy.audience"), &policy->audience))
        reader_fail(r, "unknown audience");
    policy->threshold = release_number(r, "policy.threshold");
    release_texts(r, "policy.legal_basis", policy->legal_basis);
    release_texts(r, "policy.owner", policy->owner);
    policy->date = release_value(r, "policy.date");
    policy->unreliable_under = release_number(r, "policy.unreliable_under");
    policy->caution_under = release_number(r, "policy.caution_under");
    policy->alive_under = release_number(r, "policy.alive_under");
    size_t capacity = 0;
    reader_begin(r,
                 "SELECT kind, reason_fr, reason_en, owner_fr, owner_en, date"
                 " FROM waiver ORDER BY place",
                 -1);
    while (reader_next(r)) {
        policy->waivers =
            arena_grow(r->open, policy->waivers, policy->waiver_count,
                       &capacity, sizeof *policy->waivers);
        struct waiver *waiver = &policy->waivers[policy->waiver_count++];
        waiver->kind = reader_line(r, 0);
        waiver->reason[LANG_FR] = reader_text(r, 1);
        waiver->reason[LANG_EN] = reader_text(r, 2);
        waiver->owner[LANG_FR] = reader_text(r, 3);
        waiver->owner[LANG_EN] = reader_text(r, 4);
        waiver->date = reader_line(r, 5);
    }
    reader_end(r);
    read_rules(r, policy);
}

static void read_aliases(struct edition_reader *r)
{
    struct project *project = r->project;
    size_t capacity = 0;
    reader_begin(r, "SELECT level, code, members FROM alias ORDER BY place",
                 -1);
    while (reader_next(r)) {
        project->aliases =
            arena_grow(r->open, project->aliases, project->alias_count,
                       &capacity, sizeof *project->aliases);
        struct geo_alias *alias = &project->aliases[project->alias_count++];
        alias->level = reader_line(r, 0);
        alias->code = reader_line(r, 1);
        alias->members = reader_words(r, 2, &alias->member_count);
    }
    reader_end(r);
}

static void read_unrevised(struct edition_reader *r)
{
    const char *list = release_value(r, "unrevised");
    const struct json *root = NULL;
    struct err ignored = {0};
    if (!json_parse(r->open, "unrevised", list, strlen(list), &root,
                    &ignored) ||
        !unrevised_read(r->open, root, &r->project->unrevised,
                        &r->project->unrevised_count))
        reader_fail(r, "key 'unrevised' is no list of declarations");
}

static void read_release(struct edition_reader *r)
{
    struct project *project = r->project;
    if (!text_same(release_value(r, "format"), EDITION_FORMAT))
        reader_fail(r, "unknown edition format, expected " EDITION_FORMAT);
    project->directory = "";
    project->store = "";
    project->ledger = "";
    project->theme = "";
    project->id = release_value(r, "id");
    project->series = release_value(r, "series");
    project->previous = release_value(r, "previous");
    release_texts(r, "changes", project->changes);
    release_texts(r, "title", project->title);
    release_texts(r, "publisher", project->publisher);
    project->date = release_value(r, "date");
    release_texts(r, "licence", project->licence);
    release_texts(r, "contact", project->contact);
    if (!frequency_parse(release_value(r, "frequency"), &project->frequency))
        reader_fail(r, "key 'frequency' is no frequency of releases");
    if (!state_parse(release_value(r, "state"), &project->state))
        reader_fail(r, "key 'state' is no state of a release");
    project->embargo = release_value(r, "embargo");
    if (!archive_parse(release_value(r, "pdf.conformance"), &project->archive))
        reader_fail(r, "key 'pdf.conformance' is none of 2a, 1b, 3a");
    project->compact = text_same(release_value(r, "pdf.compact"), "1");
    project->layout = release_value(r, "layout");
    r->edition->snapshot = release_value(r, "snapshot");
    r->edition->version = release_value(r, "version");
    r->edition->ledger = release_value(r, "ledger");
    read_langs(r);
    read_unrevised(r);
    read_policy(r);
    read_aliases(r);
    struct err wrong = {0};
    if (!r->failed && !project_check_published(project, &wrong))
        reader_fail(r, wrong.text);
}

static void read_measures(struct edition_reader *r)
{
    struct codes *codes = r->codes;
    size_t capacity = 0;
    reader_begin(r, "SELECT key, value FROM registry ORDER BY place", -1);
    while (reader_next(r)) {
        codes->registry =
            arena_grow(r->open, codes->registry, codes->registry_count,
                       &capacity, sizeof *codes->registry);
        struct pair *pair = &codes->registry[codes->registry_count++];
        pair->key = reader_line(r, 0);
        pair->value = reader_text(r, 1);
    }
    reader_end(r);
    capacity = 0;
    reader_begin(
        r,
        "SELECT code, kind, unit, numerator, denominator, confidential,"
        " dims, source, method, label_fr, label_en FROM measure"
        " ORDER BY place",
        -1);
    while (reader_next(r)) {
        codes->measures =
            arena_grow(r->open, codes->measures, codes->measure_count,
                       &capacity, sizeof *codes->measures);
        struct measure *measure = &codes->measures[codes->measure_count++];
        measure->code = reader_line(r, 0);
        measure->kind = (enum measure_kind)reader_int(r, 1, MEASURE_COUNT,
                                                      MEASURE_DURATION);
        measure->unit = reader_line(r, 2);
        measure->table_name = "";
        measure->numerator = reader_line(r, 3);
        measure->denominator = reader_line(r, 4);
        measure->confidential = reader_int(r, 5, 0, 1) == 1;
        measure->dims = (unsigned)reader_int(r, 6, 0, (1 << DIM_COUNT) - 1);
        measure->source = reader_text(r, 7);
        measure->method = reader_text(r, 8);
        measure->label[LANG_FR] = reader_text(r, 9);
        measure->label[LANG_EN] = reader_text(r, 10);
    }
    reader_end(r);
}

static void read_node(struct edition_reader *r, struct node *node)
{
    node->code = reader_line(r, 1);
    node->level = reader_line(r, 2);
    node->label[LANG_FR] = reader_text(r, 3);
    node->label[LANG_EN] = reader_text(r, 4);
    node->article = reader_line(r, 5);
    node->icd10 = reader_line(r, 6);
    node->sex = reader_line(r, 7);
    node->parent = reader_int(r, 8, -1, INT32_MAX);
    node->low = reader_int(r, 9, -1, 9999);
    node->high = reader_int(r, 10, -1, 9999);
    node->zone = reader_int(r, 11, 0, 1) == 1;
    int *leaves = reader_numbers(r, 12, UINT16_MAX, &node->leaf_count);
    uint16_t *narrow = arena_array(r->open, node->leaf_count, sizeof *narrow);
    for (size_t i = 0; i < node->leaf_count; i++) {
        narrow[i] = (uint16_t)leaves[i];
        if (i > 0 && leaves[i] <= leaves[i - 1])
            reader_fail(r, "the leaves of a code are in no order");
    }
    node->leaves = narrow;
}

/* Parents are codes, and nobody is an ancestor of itself: a chain longer than
 * all codes meets one twice. */
static void check_parents(struct edition_reader *r,
                          const struct dimension *dimension)
{
    const struct node *nodes = dimension->nodes;
    for (size_t i = 0; i < dimension->count; i++) {
        if (nodes[i].parent >= (int)dimension->count) {
            reader_fail(r, "a parent is out of range");
            return;
        }
    }
    for (size_t i = 0; i < dimension->count; i++) {
        size_t steps = 0;
        for (int at = nodes[i].parent; at >= 0 && steps <= dimension->count;
             at = nodes[at].parent)
            steps++;
        if (steps > dimension->count) {
            reader_fail(r, "a code is a part of itself");
            return;
        }
    }
}

static void read_nodes(struct edition_reader *r)
{
    for (size_t d = 0; d < DIM_COUNT; d++)
        r->codes->dims[d].dim = (enum dim)d;
    reader_begin(r,
                 "SELECT dim, code, level, label_fr, label_en, article, icd10,"
                 " sex, parent, low, high, zone, leaves FROM node"
                 " ORDER BY dim, place",
                 -1);
    while (reader_next(r)) {
        struct node node = {0};
        int dim = reader_int(r, 0, 0, DIM_COUNT - 1);
        read_node(r, &node);
        if (r->failed)
            break;
        code_add(r->open, &r->codes->dims[dim], &node);
    }
    reader_end(r);
    for (size_t d = 0; d < DIM_COUNT && !r->failed; d++)
        check_parents(r, &r->codes->dims[d]);
}

/* Ids become file names. */
static const char *get_id(struct edition_reader *r, int column)
{
    const char *id = reader_line(r, column);
    if (!plan_is_id(id))
        reader_fail(r, "an id holds more than a-z, 0-9, _ and -");
    return id;
}

static void read_reports(struct edition_reader *r)
{
    struct plan_report *reports = NULL;
    size_t at = 0, capacity = 0;
    reader_begin(r,
                 "SELECT id, path, title_fr, title_en, each_territory, formats"
                 " FROM report ORDER BY place",
                 -1);
    while (reader_next(r)) {
        reports = arena_grow(r->open, reports, at, &capacity, sizeof *reports);
        struct plan_report *report = &reports[at++];
        report->id = get_id(r, 0);
        report->path = reader_line(r, 1);
        report->title[LANG_FR] = reader_line(r, 2);
        report->title[LANG_EN] = reader_line(r, 3);
        report->each.words = reader_words(r, 4, &report->each.count);
        report->formats = reader_words(r, 5, &report->format_count);
        if (!project_holds(report->path))
            reader_fail(r, "a definition is not inside the project");
    }
    reader_end(r);
    r->edition->reports = reports;
    r->edition->report_count = at;
}

static bool read_hash(struct edition_reader *r)
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
    struct edition_reader r = {.open = open, .path = path, .err = err};
    r.edition = arena_alloc(open, sizeof *r.edition);
    r.codes = arena_alloc(open, sizeof *r.codes);
    r.project = arena_alloc(open, sizeof *r.project);
    r.edition->codes = r.codes;
    r.edition->project = r.project;
    reader_open(&r);
    read_release(&r);
    read_measures(&r);
    read_nodes(&r);
    read_reports(&r);
    edition_read_tables(&r);
    edition_read_basis(&r);
    reader_close(&r);
    if (r.failed || !read_hash(&r))
        return false;
    *out = r.edition;
    return true;
}
