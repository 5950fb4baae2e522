/* SPDX-License-Identifier: EUPL-1.2 */
/* An entry, from its text. Its hash was checked before, so that what is wrong
 * here is a fault of the writer or another version's format. */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/num.h"
#include "pub/ledger_impl.h"

enum {
    ROW_LIMIT = 100000000,
    COLUMN_LIMIT = 256,
    AGE_LIMIT = 999,
    BAND_FIELDS = 3,
};

/* Lines are cut in place; `word` is the first field of the current one, ""
 * after the last line. */
struct parser {
    struct arena *arena;
    const char *file;
    char *at, *end;
    char *rest; /* fields not taken yet, or NULL */
    const char *word;
    size_t line;
    struct err *err;
    bool failed;
    bool old; /* of the format without a basis of rates */
    struct ledger_entry *entry;
};

static void fail(struct parser *p, const char *expected)
{
    if (p->failed)
        return;
    p->failed = true;
    err_fail(p->err, ERR_DISCLOSURE, "ledger.entry",
             "entry '%s': line %zu: expected %s", p->file, p->line, expected);
}

/* --- lines and fields ----------------------------------------------------- */

static const char *take(struct parser *p)
{
    char *field = p->rest;
    if (field == NULL)
        return NULL;
    char *tab = strchr(field, '\t');
    p->rest = tab == NULL ? NULL : tab + 1;
    if (tab != NULL)
        *tab = '\0';
    return field;
}

static void next_line(struct parser *p)
{
    p->word = "";
    p->rest = NULL;
    if (p->failed || p->at == p->end)
        return;
    char *stop = memchr(p->at, '\n', (size_t)(p->end - p->at));
    p->line++;
    if (stop == NULL || memchr(p->at, '\0', (size_t)(stop - p->at)) != NULL) {
        fail(p, "a whole line");
        return;
    }
    *stop = '\0';
    p->rest = p->at;
    p->at = stop + 1;
    p->word = take(p);
}

static const char *take_text(struct parser *p)
{
    const char *field = take(p);
    if (field != NULL)
        return field;
    fail(p, "another field");
    return "";
}

static int64_t take_number(struct parser *p, int64_t low, int64_t high)
{
    int64_t number = 0;
    if (num_parse_int64(take_text(p), &number) && number >= low &&
        number <= high)
        return number;
    fail(p, "a number in its range");
    return low;
}

static void end_line(struct parser *p)
{
    if (p->rest != NULL)
        fail(p, "the end of the line");
    next_line(p);
}

/* The line `word`, with one field. */
static const char *take_line(struct parser *p, const char *word)
{
    if (!text_same(p->word, word)) {
        fail(p, arena_format(p->arena, "'%s'", word));
        return "";
    }
    const char *value = take_text(p);
    end_line(p);
    return value;
}

static const char *take_date(struct parser *p, const char *word)
{
    const char *value = take_line(p, word);
    if (!date_exists(value))
        fail(p, arena_format(p->arena, "'%s' and a date", word));
    return value;
}

static void expect(struct parser *p, const char *word)
{
    if (!text_same(p->word, word))
        fail(p, arena_format(p->arena, "'%s'", word));
}

static void expect_dim(struct parser *p, enum dim dim)
{
    if (!text_same(take_text(p), dim_name(dim)))
        fail(p, arena_format(p->arena, "dimension '%s'", dim_name(dim)));
}

static size_t fields_left(const struct parser *p)
{
    size_t count = p->rest == NULL ? 0 : 1;
    for (const char *at = p->rest; at != NULL && *at != '\0'; at++)
        count += *at == '\t';
    return count;
}

/* --- codes ---------------------------------------------------------------- */

static void read_leaves(struct parser *p, enum dim dim)
{
    struct ledger_dimension *dimension = &p->entry->dims[dim];
    expect(p, "leaves");
    expect_dim(p, dim);
    size_t count = fields_left(p);
    if (count == 0 || count > UINT16_MAX)
        fail(p, "leaves");
    dimension->leaves = arena_array(p->arena, count, sizeof(const char *));
    while (!p->failed && dimension->leaf_count < count)
        dimension->leaves[dimension->leaf_count++] = take_text(p);
    end_line(p);
}

/* "4" or "4-7"; adds to the set, which stays ascending. */
static void read_range(struct parser *p, const char *word, size_t limit,
                       uint16_t *leaves, size_t *count)
{
    char **ends = NULL;
    int64_t low = 0, high = 0;
    size_t parts = text_split(p->arena, word, '-', &ends);
    int64_t least = *count == 0 ? 0 : leaves[*count - 1] + 1;
    if (parts < 1 || parts > 2 || !num_parse_int64(ends[0], &low) ||
        !num_parse_int64(ends[parts - 1], &high) || low < least || high < low ||
        high >= (int64_t)limit) {
        fail(p, "an ascending set of leaves");
        return;
    }
    for (int64_t leaf = low; leaf <= high; leaf++)
        leaves[(*count)++] = (uint16_t)leaf;
}

static struct ledger_set read_set(struct parser *p, enum dim dim)
{
    size_t limit = p->entry->dims[dim].leaf_count;
    struct arena *scratch = arena_new();
    uint16_t *leaves = arena_array(scratch, limit, sizeof *leaves);
    size_t count = 0;
    char **words = NULL;
    expect_dim(p, dim);
    size_t ranges = text_split(scratch, take_text(p), ' ', &words);
    for (size_t r = 0; r < ranges && !p->failed; r++)
        read_range(p, words[r], limit, leaves, &count);
    if (count == 0)
        fail(p, "a set of leaves");
    uint16_t *kept = arena_array(p->arena, count, sizeof *kept);
    memcpy(kept, leaves, count * sizeof *kept);
    arena_free(scratch);
    end_line(p);
    return (struct ledger_set){kept, count};
}

static void read_sets(struct parser *p, enum dim dim)
{
    struct ledger_dimension *dimension = &p->entry->dims[dim];
    size_t capacity = 0;
    while (!p->failed && text_same(p->word, "set")) {
        dimension->sets =
            arena_grow(p->arena, dimension->sets, dimension->set_count,
                       &capacity, sizeof *dimension->sets);
        dimension->sets[dimension->set_count++] = read_set(p, dim);
    }
    if (dimension->set_count == 0 ||
        dimension->sets[0].count != dimension->leaf_count)
        fail(p, "the set of all leaves first");
}

/* --- what rates are made with --------------------------------------------- */

static double take_weight(struct parser *p)
{
    double weight = 0.0;
    if (num_parse_double(take_text(p), &weight) && isfinite(weight) &&
        weight >= 0.0)
        return weight;
    fail(p, "a weight");
    return 0.0;
}

static void read_standard(struct parser *p, struct standard *standard)
{
    *standard = (struct standard){.label = {"", ""}, .source = ""};
    standard->code = take_text(p);
    standard->total = take_weight(p);
    size_t count = fields_left(p) / BAND_FIELDS;
    struct standard_band *bands = arena_array(p->arena, count, sizeof *bands);
    for (size_t b = 0; b < count; b++) {
        bands[b].low = (int)take_number(p, 0, AGE_LIMIT);
        bands[b].high = (int)take_number(p, -1, AGE_LIMIT);
        bands[b].weight = take_weight(p);
    }
    standard->bands = bands;
    standard->count = count;
    end_line(p);
}

static void read_standards(struct parser *p, struct pub_basis *basis)
{
    struct standard *standards = NULL;
    size_t capacity = 0;
    while (!p->failed && text_same(p->word, "standard")) {
        standards = arena_grow(p->arena, standards, basis->standard_count,
                               &capacity, sizeof *standards);
        read_standard(p, &standards[basis->standard_count++]);
    }
    basis->standards = standards;
}

static void read_rates(struct parser *p, struct pub_basis *basis)
{
    struct pub_rates *rates = NULL;
    size_t capacity = 0;
    while (!p->failed && text_same(p->word, "rates")) {
        rates = arena_grow(p->arena, rates, basis->rates_count, &capacity,
                           sizeof *rates);
        struct pub_rates *made = &rates[basis->rates_count++];
        made->measure = take_text(p);
        made->person_years = take_text(p);
        end_line(p);
    }
    basis->rates = rates;
}

static uint16_t take_leaf(struct parser *p, enum dim dim)
{
    size_t count = p->entry->dims[dim].leaf_count;
    return (uint16_t)take_number(p, 0, (int64_t)count - 1);
}

static void read_years(struct parser *p, struct pub_years *years)
{
    struct pub_years_row *rows = NULL;
    size_t capacity = 0;
    *years = (struct pub_years){
        .measure = take_text(p),
        .width = p->entry->dims[DIM_SEX].leaf_count *
                 p->entry->dims[DIM_AGE].leaf_count,
    };
    end_line(p);
    while (!p->failed && text_same(p->word, "at")) {
        rows =
            arena_grow(p->arena, rows, years->count, &capacity, sizeof *rows);
        struct pub_years_row *row = &rows[years->count++];
        row->territory = take_leaf(p, DIM_TERRITORY);
        row->period = take_leaf(p, DIM_PERIOD);
        if (fields_left(p) != years->width)
            fail(p, "person-years by sex and age");
        int *at =
            arena_array(p->arena, p->failed ? 0 : years->width, sizeof *at);
        for (size_t i = 0; i < years->width && !p->failed; i++)
            at[i] = (int)take_number(p, 0, INT32_MAX);
        row->at = at;
        end_line(p);
    }
    years->rows = rows;
}

static void read_basis(struct parser *p)
{
    struct pub_basis *basis = &p->entry->basis;
    struct pub_years *years = NULL;
    size_t capacity = 0;
    read_standards(p, basis);
    read_rates(p, basis);
    while (!p->failed && text_same(p->word, "years")) {
        years = arena_grow(p->arena, years, basis->years_count, &capacity,
                           sizeof *years);
        read_years(p, &years[basis->years_count++]);
    }
    basis->years = years;
}

/* --- tables --------------------------------------------------------------- */

static void read_axis(struct parser *p, struct ledger_table *table,
                      enum dim dim)
{
    expect(p, "axis");
    expect_dim(p, dim);
    size_t count = fields_left(p);
    size_t *sets = arena_array(p->arena, count, sizeof *sets);
    int64_t last = (int64_t)p->entry->dims[dim].set_count - 1;
    for (size_t i = 0; i < count && !p->failed; i++)
        sets[i] = (size_t)take_number(p, 0, last);
    if (count == 0 || count > ROW_LIMIT / table->rows)
        fail(p, "an axis of a possible length");
    else
        table->rows *= count;
    table->axis[dim] = sets;
    table->axis_count[dim] = count;
    end_line(p);
}

static void read_columns(struct parser *p, struct ledger_table *table)
{
    table->columns =
        arena_array(p->arena, COLUMN_LIMIT, sizeof *table->columns);
    while (!p->failed && text_same(p->word, "column")) {
        if (table->column_count == COLUMN_LIMIT) {
            fail(p, "fewer columns");
            return;
        }
        struct ledger_column *column = &table->columns[table->column_count++];
        column->id = take_text(p);
        column->kind = (enum pub_kind)take_number(p, PUB_COUNT, PUB_STATISTIC);
        column->part = (enum pub_part)take_number(p, PUB_VALUE, PUB_UPPER);
        if (!dim_parse(take_text(p), &column->of))
            fail(p, "a dimension");
        column->by_sex = !p->old && take_number(p, 0, 1) == 1;
        end_line(p);
    }
    if (table->column_count == 0)
        fail(p, "a column");
}

static void read_cell(struct parser *p, struct ledger_cell *cell)
{
    const char *text = take_text(p);
    bool letter = text[0] != '\0' && text[1] == '\0' &&
                  availability_parse(text[0], &cell->availability);
    if (letter && cell->availability != AVAILABLE)
        return;
    cell->availability = AVAILABLE;
    if (letter || !num_parse_double(text, &cell->value) ||
        !isfinite(cell->value))
        fail(p, "a value or a status");
    const char *point = strchr(text, '.');
    cell->decimals = point == NULL ? 0 : (int)strlen(point + 1);
}

static void read_table(struct parser *p, struct ledger_table *table)
{
    *table = (struct ledger_table){.rows = 1};
    table->id = take_text(p);
    table->measure = take_text(p);
    end_line(p);
    if (text_same(p->word, "rounded")) {
        table->base = (int)take_number(p, PLAN_BASE_LEAST, PLAN_BASE_MOST);
        end_line(p);
    } else if (text_same(p->word, "perturbed")) {
        table->variance = (int)take_number(p, 1, PLAN_VARIANCE_MOST);
        table->key = (int)take_number(p, 0, INT32_MAX);
        end_line(p);
    }
    for (int d = 0; d < DIM_COUNT && !p->failed; d++)
        read_axis(p, table, (enum dim)d);
    read_columns(p, table);
    if (p->failed)
        return;
    size_t cells = table->rows * table->column_count;
    table->cells = arena_array(p->arena, cells, sizeof *table->cells);
    for (size_t r = 0; r < table->rows && !p->failed; r++) {
        expect(p, "row");
        for (size_t c = 0; c < table->column_count && !p->failed; c++)
            read_cell(p, &table->cells[r * table->column_count + c]);
        end_line(p);
    }
}

static void read_tables(struct parser *p)
{
    size_t capacity = 0;
    struct ledger_entry *entry = p->entry;
    while (!p->failed && text_same(p->word, "table")) {
        entry->tables = arena_grow(p->arena, entry->tables, entry->table_count,
                                   &capacity, sizeof *entry->tables);
        read_table(p, &entry->tables[entry->table_count++]);
    }
}

/* --- the whole ------------------------------------------------------------ */

static void read_rule(struct parser *p, struct policy_rule *rule)
{
    const struct json *about = NULL;
    struct err ignored = {0};
    *rule = (struct policy_rule){.audience = AUDIENCE_ANY, .label = {"", ""}};
    if (!rule_kind_parse(take_text(p), &rule->kind) ||
        (rule->kind != RULE_THRESHOLD && rule->kind != RULE_STRICTER))
        fail(p, "threshold or stricter");
    rule->threshold = take_number(p, 3, INT64_MAX / 4);
    const char *words = take_text(p);
    if (!json_parse(p->arena, "rule", words, strlen(words), &about, &ignored) ||
        !rule_about_read(p->arena, about, rule))
        fail(p, "what the rule is about");
    end_line(p);
}

static void read_rules(struct parser *p)
{
    size_t capacity = 0;
    struct ledger_entry *entry = p->entry;
    while (!p->failed && text_same(p->word, "rule")) {
        entry->rules = arena_grow(p->arena, entry->rules, entry->rule_count,
                                  &capacity, sizeof *entry->rules);
        read_rule(p, &entry->rules[entry->rule_count++]);
    }
}

static void read_head(struct parser *p, const char **previous)
{
    struct ledger_entry *entry = p->entry;
    const char *format = take_line(p, "panorama-ledger");
    p->old = text_same(format, LEDGER_FORMAT_OLD);
    if (!p->old && !text_same(format, LEDGER_FORMAT))
        fail(p, "format " LEDGER_FORMAT " of an entry");
    *previous = take_line(p, "previous");
    entry->release = take_line(p, "release");
    if (!audience_parse(take_line(p, "audience"), &entry->audience))
        fail(p, "an audience");
    entry->date = take_date(p, "date");
    entry->draft = text_same(take_line(p, "state"), "draft");
    entry->extracted = take_date(p, "extracted");
    entry->snapshot = take_line(p, "snapshot");
    if (!num_parse_int64(take_line(p, "threshold"), &entry->threshold))
        fail(p, "a threshold");
    read_rules(p);
    entry->content = take_line(p, "content");
}

bool ledger_parse(struct arena *arena, const char *file, char *bytes,
                  size_t size, struct ledger_entry *out, const char **previous,
                  struct err *err)
{
    struct parser p = {
        .arena = arena,
        .file = file,
        .at = bytes,
        .end = bytes + size,
        .err = err,
        .entry = out,
    };
    next_line(&p);
    read_head(&p, previous);
    for (int d = 0; d < DIM_COUNT && !p.failed; d++) {
        read_leaves(&p, (enum dim)d);
        read_sets(&p, (enum dim)d);
    }
    if (!p.old)
        read_basis(&p);
    read_tables(&p);
    expect(&p, "end");
    int64_t lines = (int64_t)p.line;
    if (!p.failed && take_number(&p, 0, INT64_MAX) != lines)
        fail(&p, "the number of lines");
    end_line(&p);
    if (p.at != p.end)
        fail(&p, "the end of the file");
    return !p.failed;
}
