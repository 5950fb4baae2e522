/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/changes.h"

#include <math.h>
#include <string.h>

#include "base/map.h"
#include "base/num.h"
#include "calc/kernel_multiple.h"

const char *change_name(enum change_kind kind)
{
    static const char *const names[CHANGE_KINDS] = {
        "revised", "marked", "withheld", "shown", "status", "new", "gone",
    };
    return names[kind];
}

static enum availability read_cell(const struct published *cell, double *value)
{
    return pub_read(cell->table, cell->row, cell->column, value);
}

static void add_value(struct text *out, const struct published *cell,
                      double value)
{
    num_print(out, value, pub_decimals(cell->table, cell->row, cell->column));
}

const char *published_text(struct arena *arena, const struct published *cell)
{
    double value = 0.0;
    if (cell->table == NULL)
        return "";
    enum availability status = read_cell(cell, &value);
    if (status != AVAILABLE)
        return availability_words(LANG_EN, status);
    struct text out = text_new(arena);
    add_value(&out, cell, value);
    return out.at;
}

/* --- cells of an edition -------------------------------------------------- */

struct cells {
    struct published *list;
    size_t count, capacity;
    struct map *by_id;
};

static void add_cell(struct arena *run, struct cells *cells,
                     const struct published *cell)
{
    if (!map_put(cells->by_id, cell->id, strlen(cell->id), (int)cells->count))
        return;
    cells->list = arena_grow(run, cells->list, cells->count, &cells->capacity,
                             sizeof *cells->list);
    cells->list[cells->count] = *cell;
    cells->list[cells->count++].id = arena_text(run, cell->id);
}

/* Names are put together in an arena that goes with the table: only that of a
 * cell met for the first time is kept. */
static void add_table(struct arena *run, struct cells *cells,
                      const struct pub_table *table)
{
    struct arena *scratch = arena_new();
    for (size_t row = 0; row < pub_rows(table); row++) {
        for (size_t column = 0; column < pub_columns(table); column++) {
            const struct published cell = {
                pub_cell_id(scratch, table, row, column), table, row, column};
            add_cell(run, cells, &cell);
        }
    }
    arena_free(scratch);
}

const struct cells *cells_list(struct arena *run, const struct edition *edition)
{
    struct cells *cells = arena_alloc(run, sizeof *cells);
    *cells = (struct cells){NULL, 0, 0, map_new(run)};
    for (size_t t = 0; t < edition->table_count; t++)
        add_table(run, cells, edition->tables[t]);
    return cells;
}

static struct published find_cell(const struct cells *cells, const char *id)
{
    int found = map_get(cells->by_id, id, strlen(id));
    return found < 0 ? (struct published){id, NULL, 0, 0} : cells->list[found];
}

/* --- what changed --------------------------------------------------------- */

static double revision_of(double before, double now)
{
    if (before == now)
        return 0.0;
    return before != 0.0 ? 100.0 * (now - before) / fabs(before)
                         : copysign(INFINITY, now);
}

/* Two values as they are printed; the room is taken again for the next ones. */
struct printed {
    struct text before, now;
};

static bool print_alike(struct printed *printed, const struct change *change,
                        double before, double now)
{
    text_clear(&printed->before);
    text_clear(&printed->now);
    add_value(&printed->before, &change->before, before);
    add_value(&printed->now, &change->now, now);
    return text_same(printed->before.at, printed->now.at);
}

/* CHANGE_KINDS: none. */
static enum change_kind kind_of(struct printed *printed, struct change *change)
{
    const struct published *before = &change->before, *now = &change->now;
    double old = 0.0, new = 0.0;
    if (before->table == NULL)
        return CHANGE_NEW;
    if (now->table == NULL)
        return CHANGE_GONE;
    enum availability was = read_cell(before, &old), is = read_cell(now, &new);
    if (was != is)
        return was == AVAILABLE  ? CHANGE_WITHHELD
               : is == AVAILABLE ? CHANGE_SHOWN
                                 : CHANGE_STATUS;
    if (is == AVAILABLE && !print_alike(printed, change, old, new)) {
        change->revision = revision_of(old, new);
        return CHANGE_REVISED;
    }
    return pub_flags(before->table, before->row, before->column) !=
                   pub_flags(now->table, now->row, now->column)
               ? CHANGE_MARKED
               : CHANGE_KINDS;
}

static void take_change(struct arena *run, struct changes *out,
                        struct printed *printed, const struct published *before,
                        const struct published *now)
{
    struct change change = {CHANGE_KINDS, *before, *now, 0.0};
    change.kind = kind_of(printed, &change);
    out->compared += before->table != NULL && now->table != NULL;
    if (change.kind == CHANGE_KINDS)
        return;
    out->list = arena_grow(run, out->list, out->count, &out->capacity,
                           sizeof *out->list);
    out->list[out->count++] = change;
    out->of_kind[change.kind]++;
}

void changes_find(struct arena *run, const struct cells *before,
                  const struct cells *now, struct changes *out)
{
    struct printed printed = {text_new(run), text_new(run)};
    *out = (struct changes){0};
    for (size_t c = 0; c < now->count; c++) {
        const struct published was = find_cell(before, now->list[c].id);
        take_change(run, out, &printed, &was, &now->list[c]);
    }
    for (size_t c = 0; c < before->count; c++) {
        const struct published is = find_cell(now, before->list[c].id);
        if (is.table == NULL)
            take_change(run, out, &printed, &before->list[c], &is);
    }
}

/* --- counts that share no case -------------------------------------------- */

static const struct node *period_of(const struct published *cell)
{
    size_t place[DIM_COUNT];
    pub_places(cell->table, cell->row, place);
    return pub_axis_node(cell->table, DIM_PERIOD, place[DIM_PERIOD]);
}

static bool is_tested(const struct published *cell, double *count)
{
    const struct pub_column *column = pub_column(cell->table, cell->column);
    unsigned model = FLAG_ESTIMATED | FLAG_PROJECTED;
    return column->kind == PUB_COUNT && column->part == PUB_VALUE &&
           pub_rounding(cell->table).base == 0 &&
           pub_noise(cell->table).variance == 0 &&
           (pub_flags(cell->table, cell->row, cell->column) & model) == 0 &&
           period_of(cell)->low > 0 && read_cell(cell, count) == AVAILABLE;
}

/* The name of a cell without its period. */
static const char *series_of(struct arena *arena, const struct published *cell)
{
    const char *at = cell->id, *end;
    for (size_t d = 0; d <= DIM_PERIOD; d++)
        at = strchr(at, '|') + 1;
    end = strchr(at, '|');
    return arena_format(arena, "%.*s%s", (int)(at - cell->id), cell->id, end);
}

/* Counts of one edition by series; `next` goes through those of one. */
struct series {
    const struct cells *cells;
    struct map *first;
    int *next; /* [cells->count] or -1 */
};

static struct series list_series(struct arena *run, const struct cells *cells)
{
    struct series series = {cells, map_new(run),
                            arena_array(run, cells->count + 1, sizeof(int))};
    int *last = arena_array(run, cells->count + 1, sizeof *last);
    for (size_t c = 0; c < cells->count; c++) {
        double count = 0.0;
        series.next[c] = -1;
        if (!is_tested(&cells->list[c], &count))
            continue;
        const char *name = series_of(run, &cells->list[c]);
        int first = map_get(series.first, name, strlen(name));
        if (first < 0)
            (void)map_put(series.first, name, strlen(name), first = (int)c);
        else
            series.next[last[first]] = (int)c;
        last[first] = (int)c;
    }
    return series;
}

/* The last period as long as that of `cell` that ended before it begins. */
static const struct published *find_before(struct arena *run,
                                           const struct series *series,
                                           const struct published *cell)
{
    const struct node *period = period_of(cell);
    const struct published *found = NULL;
    const char *name = series_of(run, cell);
    int c = map_get(series->first, name, strlen(name));
    for (; c >= 0; c = series->next[c]) {
        const struct published *old = &series->cells->list[c];
        const struct node *then = period_of(old);
        if (then->high < period->low &&
            then->high - then->low == period->high - period->low &&
            (found == NULL || then->high > period_of(found)->high))
            found = old;
    }
    return found;
}

static bool exposure_of(const struct published *cell, double *out)
{
    for (size_t c = 0; c < pub_columns(cell->table); c++) {
        if (pub_column(cell->table, c)->kind == PUB_PERSON_YEARS)
            return pub_read(cell->table, cell->row, c, out) == AVAILABLE &&
                   *out > 0.0;
    }
    return false;
}

static double probability_of(const struct published *before,
                             const struct published *now)
{
    struct kernel_skellam test;
    double first = 0.0, second = 0.0, first_years = 1.0, second_years = 1.0;
    bool both = is_tested(now, &first) && is_tested(before, &second);
    assert(both);
    if (!exposure_of(now, &first_years) || !exposure_of(before, &second_years))
        first_years = second_years = 1.0;
    both = kernel_skellam_test(first, second, first_years, second_years, &test);
    assert(both);
    return test.probability;
}

static void adjust(struct arena *run, struct count_test *tests, size_t count)
{
    double *p = arena_array(run, count + 1, sizeof *p);
    for (size_t i = 0; i < count; i++)
        p[i] = tests[i].probability;
    bool ok = kernel_benjamini_hochberg(run, p, count, p);
    assert(ok);
    for (size_t i = 0; i < count; i++)
        tests[i].adjusted = p[i];
}

void changes_test(struct arena *run, const struct cells *before,
                  const struct cells *now, struct count_test **out,
                  size_t *count)
{
    const struct series series = list_series(run, before);
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    for (size_t c = 0; c < now->count; c++) {
        const struct published *cell = &now->list[c];
        double value = 0.0;
        if (find_cell(before, cell->id).table != NULL ||
            !is_tested(cell, &value))
            continue;
        const struct published *then = find_before(run, &series, cell);
        if (then == NULL)
            continue;
        *out = arena_grow(run, *out, *count, &capacity, sizeof **out);
        (*out)[(*count)++] =
            (struct count_test){*then, *cell, probability_of(then, cell), 1.0};
    }
    adjust(run, *out, *count);
}
