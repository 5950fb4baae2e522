/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/layout_column.h"

#include <math.h>
#include <string.h>

#include "page/column_head.h"

#define SIZE_STEP_PT 0.2
#define HEADER_LINES 1.8
#define HEAD_LINES 4     /* of a head, its unit's and its group's among them */
#define HEAD_SHARE 0.25  /* of the room, where cells take all they get */
#define GROUP_APART_PT 4 /* before the first column of a group */
#define UNIT_WHOLE_PT 60 /* a unit up to this width is not broken */
#define WORD_SHARE 0.8   /* of the page: longer words side by side are cut */

/* Widths at the theme's table size, padding excluded. */
struct need {
    double least;  /* nothing is cut */
    double wanted; /* cells on one line */
    double share;  /* relative width asked for, 0 by content */
    /* Heading and unit on at most 1, 2 … lines; never where that is too few. */
    double head[HEAD_LINES];
};

static struct text_style cell_style(const struct setter *setter, bool bold)
{
    return (struct text_style){
        .font = bold ? FONT_BOLD : FONT_REGULAR,
        .size_pt = setter->theme->table_pt,
        .leading_pt = setter->theme->table_leading_pt,
    };
}

static bool is_bold(const struct grid *grid, size_t row)
{
    return grid->emphasis != NULL && grid->emphasis[row] != 0;
}

double set_decimal_room(struct setter *setter, const struct text_style *style,
                        const struct grid_column *column,
                        const struct grid_cell *cell)
{
    bool fewer = cell->number && cell->availability == AVAILABLE &&
                 column->align == ALIGN_RIGHT && cell->coarser > 0;
    if (!fewer || column->decimals <= 0)
        return 0;
    int missing =
        cell->coarser < column->decimals ? cell->coarser : column->decimals;
    double room =
        missing * set_width(setter, style->font, style->size_pt, "0", 1);
    if (missing == column->decimals) /* the sign is missing too */
        room += set_width(setter, style->font, style->size_pt,
                          setter->lang == LANG_FR ? "," : ".", 1);
    return room;
}

/* Room of a word: one that does not fit beside the row headers, each as wide
 * as it, is cut where it must. */
static double longest(const struct setter *setter, const struct grid *grid)
{
    const struct theme *theme = setter->theme;
    double width =
        theme->page_width_pt - theme->margin_left_pt - theme->margin_right_pt;
    size_t side_by_side = 1;
    for (size_t i = 0; i < grid->column_count; i++)
        side_by_side += grid->columns[i].header;
    return WORD_SHARE * width / (double)side_by_side;
}

static void measure_cells(struct setter *setter, const struct grid *grid,
                          size_t column, struct need *need)
{
    double most = longest(setter, grid);
    for (size_t row = 0; row < grid->rows; row++) {
        const struct grid_cell *cell =
            &grid->cells[row * grid->column_count + column];
        struct text_style style = cell_style(
            setter, is_bold(grid, row) || grid->columns[column].header);
        double width =
            set_width(setter, style.font, style.size_pt, cell->text,
                      strlen(cell->text)) +
            set_decimal_room(setter, &style, &grid->columns[column], cell);
        need->wanted = fmax(need->wanted, width);
        if (cell->number)
            need->least = fmax(need->least, width);
        else
            need->least =
                fmax(need->least,
                     fmin(set_least_width(setter, &style, cell->text), most));
    }
}

static double unit_width(struct setter *setter, const struct text_style *style,
                         const char *unit)
{
    double whole =
        set_width(setter, style->font, style->size_pt, unit, strlen(unit));
    return whole <= UNIT_WHOLE_PT ? whole
                                  : set_least_width(setter, style, unit);
}

static struct need measure_column(struct setter *setter,
                                  const struct grid *grid, size_t column)
{
    const struct grid_column *head = &grid->columns[column];
    struct text_style bold = cell_style(setter, true);
    struct text_style plain = cell_style(setter, false);
    struct need need = {.share = head->width};
    measure_cells(setter, grid, column, &need);
    const char *words = column_head_words(head);
    double most = longest(setter, grid);
    double unit = fmin(unit_width(setter, &plain, head->unit), most);
    double word = fmax(fmin(set_least_width(setter, &bold, words), most), unit);
    need.least = fmax(need.least, word);
    need.wanted = fmax(need.wanted, word);
    bool cut = set_least_width(setter, &bold, words) > word;
    size_t other = head->unit[0] != '\0'; /* line */
    for (size_t i = 0; i < HEAD_LINES; i++)
        need.head[i] = i < other ? HUGE_VAL
                       : cut     ? word
                             : fmax(unit, set_lines_width(setter, &bold, words,
                                                          i + 1 - other));
    return need;
}

/* Columns below a group are together as wide as its name. */
static void widen_group(struct setter *setter, const struct grid *grid,
                        size_t first, size_t span, struct need *needs)
{
    struct text_style bold = cell_style(setter, true);
    const char *name = grid->columns[first].group;
    double whole =
        set_width(setter, bold.font, bold.size_pt, name, strlen(name));
    double lack = fmin(whole, longest(setter, grid)) -
                  2 * (double)(span - 1) * setter->theme->table_padding_pt;
    for (size_t i = first; i < first + span; i++)
        lack -= needs[i].least;
    for (size_t i = first; i < first + span; i++) {
        needs[i].least += fmax(0, lack) / (double)span;
        needs[i].wanted = fmax(needs[i].wanted, needs[i].least);
    }
}

/* Beside groups a heading without one has the line of their names too. */
static void lift_heads(const struct grid *grid, struct need *needs)
{
    bool grouped = false;
    for (size_t i = 0; i < grid->column_count; i++)
        grouped = grouped || column_head_grouped(&grid->columns[i]);
    for (size_t i = 0; grouped && i < grid->column_count; i++) {
        if (!column_head_grouped(&grid->columns[i]))
            memmove(&needs[i].head[0], &needs[i].head[1],
                    (HEAD_LINES - 1) * sizeof needs[i].head[0]);
    }
}

/* Numbers of a group stand apart from those before it. */
static void part_group(struct need *need)
{
    need->least += GROUP_APART_PT;
    need->wanted += GROUP_APART_PT;
    for (size_t i = 0; i < HEAD_LINES; i++)
        need->head[i] += GROUP_APART_PT;
}

static struct need *measure(struct setter *setter, const struct grid *grid,
                            const size_t *all)
{
    size_t count = grid->column_count;
    struct need *needs = arena_array(setter->arena, count, sizeof *needs);
    for (size_t i = 0; i < count; i++)
        needs[i] = measure_column(setter, grid, i);
    for (size_t i = 0; i < count;) {
        size_t span = column_head_span(grid, &all[i], count - i);
        if (column_head_grouped(&grid->columns[i]))
            widen_group(setter, grid, i, span, needs);
        if (i > 0 && column_head_grouped(&grid->columns[i]))
            part_group(&needs[i]);
        i += span;
    }
    lift_heads(grid, needs);
    return needs;
}

/* --- one part: which widths ----------------------------------------------- */

/* On a page turned for them, row headers have room for two lines or so. */
static void spare_headers(const struct grid *grid, struct need *needs)
{
    for (size_t i = 0; i < grid->column_count; i++) {
        if (grid->columns[i].header)
            needs[i].least =
                fmax(needs[i].least, needs[i].wanted / HEADER_LINES);
    }
}

static double least_width(const struct setter *setter, const struct need *needs,
                          const size_t *columns, size_t count, double scale)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += needs[columns[i]].least * scale +
               2 * setter->theme->table_padding_pt;
    return sum;
}

/* Moves widths towards `goal`, sharing `room` by what each still lacks. */
static double grow(double *widths, const double *goals, size_t count,
                   double room)
{
    double lack = 0;
    for (size_t i = 0; i < count; i++)
        lack += fmax(0, goals[i] - widths[i]);
    if (lack <= 0 || room <= 0)
        return room;
    double part = fmin(1, room / lack);
    for (size_t i = 0; i < count; i++)
        widths[i] += fmax(0, goals[i] - widths[i]) * part;
    return room - lack * part;
}

#define SHORT_LACK 0.3 /* of an even share of the room */

/* Gives columns that lack little all they lack: a short name or a date is not
 * broken for the sake of long texts beside it. Returns what is left. */
static double grow_short(double *widths, const double *goals, size_t count,
                         double room)
{
    for (bool more = true; more;) {
        size_t lacking = 0;
        for (size_t i = 0; i < count; i++)
            lacking += goals[i] > widths[i];
        double share = SHORT_LACK * room / (double)(lacking > 0 ? lacking : 1);
        more = false;
        for (size_t i = 0; i < count; i++) {
            double lack = goals[i] - widths[i];
            if (lack <= 0 || lack > share)
                continue;
            widths[i] = goals[i];
            room -= lack;
            more = true;
        }
    }
    return room;
}

/* What every column of a part wants for a head of so many lines; returns how
 * much of it the part lacks. With `some`, a column that needs more lines wants
 * nothing; without, it can never have enough. */
static double head_goals(const struct setter *setter,
                         const struct table_part *part,
                         const struct need *needs, double scale, size_t lines,
                         bool some, double *goals)
{
    double padding = 2 * setter->theme->table_padding_pt;
    double lack = 0;
    for (size_t i = 0; i < part->count; i++) {
        double head = needs[part->columns[i]].head[lines - 1];
        goals[i] = some && isinf(head) ? 0 : head * scale + padding;
        lack += fmax(0, goals[i] - part->width_pt[i]);
    }
    return lack;
}

/* Makes the head as low as `room` allows: a heading that gets wider without
 * losing a line takes from its neighbours for nothing. *lines is how many it
 * has then; returns what is left. */
static double lower_head(const struct setter *setter, struct table_part *part,
                         const struct need *needs, double scale, double room,
                         size_t *lines)
{
    double *goals = arena_array(setter->scratch, part->count, sizeof *goals);
    *lines = 1;
    while (*lines < HEAD_LINES &&
           head_goals(setter, part, needs, scale, *lines, false, goals) > room)
        ++*lines;
    (void)head_goals(setter, part, needs, scale, *lines, false, goals);
    return grow(part->width_pt, goals, part->count, room);
}

/* Headings that are alike are broken all or none: in a head of `lines` those
 * that can have fewer have them where there is room for all. */
static double even_headings(const struct setter *setter,
                            struct table_part *part, const struct need *needs,
                            double scale, double room, size_t lines)
{
    double *goals = arena_array(setter->scratch, part->count, sizeof *goals);
    for (size_t fewer = 1; fewer < lines; fewer++) {
        double lack =
            head_goals(setter, part, needs, scale, fewer, true, goals);
        if (lack <= room)
            return grow(part->width_pt, goals, part->count, room);
    }
    return room;
}

/* First the cells; where not all can have one line, some of the room makes a
 * lower head before. Then the headings, all the rest to them. */
static double share_room(const struct setter *setter, struct table_part *part,
                         const struct need *needs, double scale,
                         const double *wanted, double room)
{
    size_t lines;
    double lack = 0;
    for (size_t i = 0; i < part->count; i++)
        lack += fmax(0, wanted[i] - part->width_pt[i]);
    if (lack > room) {
        double some = room * HEAD_SHARE;
        room -= some;
        room += lower_head(setter, part, needs, scale, some, &lines);
    }
    room = grow_short(part->width_pt, wanted, part->count, room);
    room = grow(part->width_pt, wanted, part->count, room);
    room = lower_head(setter, part, needs, scale, room, &lines);
    return even_headings(setter, part, needs, scale, room, lines);
}

static void share_rest(double *widths, const struct need *needs,
                       const size_t *columns, size_t count, double room)
{
    double shares = 0;
    for (size_t i = 0; i < count; i++)
        shares += needs[columns[i]].share;
    for (size_t i = 0; i < count; i++) {
        double part =
            shares > 0 ? needs[columns[i]].share / shares : 1.0 / (double)count;
        widths[i] += fmax(0, room) * part;
    }
}

static struct table_part make_part(struct setter *setter,
                                   const struct need *needs,
                                   const size_t *columns, size_t count,
                                   double scale)
{
    struct arena *arena = setter->arena;
    double padding = 2 * setter->theme->table_padding_pt;
    struct table_part part = {
        .columns = arena_array(arena, count, sizeof *part.columns),
        .x_pt = arena_array(arena, count, sizeof *part.x_pt),
        .width_pt = arena_array(arena, count, sizeof *part.width_pt),
        .count = count,
    };
    double *wanted = arena_array(arena, count, sizeof *wanted);
    double room = setter->width_pt;
    for (size_t i = 0; i < count; i++) {
        const struct need *need = &needs[columns[i]];
        part.columns[i] = columns[i];
        part.width_pt[i] = need->least * scale + padding;
        wanted[i] = need->wanted * scale + padding;
        room -= part.width_pt[i];
    }
    room = share_room(setter, &part, needs, scale, wanted, room);
    share_rest(part.width_pt, needs, columns, count, room);
    double x = setter->left_pt;
    for (size_t i = 0; i < count; i++) {
        part.x_pt[i] = x;
        x += part.width_pt[i];
    }
    return part;
}

/* --- parts ---------------------------------------------------------------- */

static void add_part(struct setter *setter, struct table_shape *shape,
                     const struct need *needs, const size_t *columns,
                     size_t count, double scale)
{
    size_t capacity = shape->part_count;
    shape->parts = arena_grow(setter->arena, shape->parts, shape->part_count,
                              &capacity, sizeof *shape->parts);
    shape->parts[shape->part_count++] =
        make_part(setter, needs, columns, count, scale);
}

/* Room a column of a split table takes: row headers are not squeezed, since
 * there is room again. */
static double split_width(const struct setter *setter, const struct grid *grid,
                          const struct need *needs, size_t column)
{
    const struct need *need = &needs[column];
    return (grid->columns[column].header ? need->wanted : need->least) +
           2 * setter->theme->table_padding_pt;
}

/* Columns beside the row headers, in parts. */
struct splitting {
    struct setter *setter;
    const struct grid *grid;
    const struct need *needs;
    size_t *columns; /* of one part: row headers, then some of the others */
    size_t heads, count;
    double room_pt, used_pt; /* beside the row headers */
    size_t most;             /* other columns of a part */
    size_t parts;
    struct table_shape *shape; /* that gets the parts; NULL: they are counted */
};

static void end_part(struct splitting *splitting)
{
    if (splitting->shape != NULL)
        add_part(splitting->setter, splitting->shape, splitting->needs,
                 splitting->columns, splitting->count, 1);
    splitting->parts++;
    splitting->count = splitting->heads;
    splitting->used_pt = 0;
}

/* Goes on with columns [first, past), in a new part where they have no room in
 * this one. */
static void take_columns(struct splitting *splitting, size_t first, size_t past)
{
    double width = 0;
    for (size_t i = first; i < past; i++)
        width += split_width(splitting->setter, splitting->grid,
                             splitting->needs, i);
    size_t others = splitting->count - splitting->heads;
    if (others > 0 && (others + past - first > splitting->most ||
                       splitting->used_pt + width > splitting->room_pt))
        end_part(splitting);
    splitting->used_pt += width;
    for (size_t i = first; i < past; i++)
        splitting->columns[splitting->count++] = i;
}

/* The end of the columns that stay together from `first` on: those of a group
 * that has room beside the row headers. */
static size_t together_end(const struct splitting *splitting, size_t first)
{
    const struct grid *grid = splitting->grid;
    size_t past = column_head_past(grid, first);
    double width = 0;
    for (size_t i = first; i < past; i++) {
        if (grid->columns[i].header)
            return first + 1;
        width += split_width(splitting->setter, grid, splitting->needs, i);
    }
    return width <= splitting->room_pt ? past : first + 1;
}

static void split_by(struct splitting *splitting, size_t most)
{
    splitting->most = most;
    splitting->parts = 0;
    for (size_t i = 0; i < splitting->grid->column_count;) {
        size_t past = together_end(splitting, i);
        if (!splitting->grid->columns[i].header)
            take_columns(splitting, i, past);
        i = past;
    }
    if (splitting->count > splitting->heads || splitting->parts == 0)
        end_part(splitting);
}

/* Row headers, then some of the other columns, again and again: in as few parts
 * as they fit, with as few columns in the largest as these allow. */
static void split(struct setter *setter, const struct grid *grid,
                  struct table_shape *shape, const struct need *needs)
{
    size_t count = grid->column_count;
    struct splitting splitting = {
        .setter = setter,
        .grid = grid,
        .needs = needs,
        .columns = arena_array(setter->arena, count, sizeof(size_t)),
        .room_pt = setter->width_pt,
    };
    for (size_t i = 0; i < count; i++) {
        if (!grid->columns[i].header)
            continue;
        splitting.columns[splitting.heads++] = i;
        splitting.room_pt -= split_width(setter, grid, needs, i);
    }
    splitting.count = splitting.heads;
    split_by(&splitting, count);
    size_t least = splitting.parts;
    size_t most = 1;
    for (; most < count; most++) {
        split_by(&splitting, most);
        if (splitting.parts == least)
            break;
    }
    splitting.shape = shape;
    split_by(&splitting, most);
}

/* The largest size at which all columns fit together, 0 none. */
static double fitting_size(const struct setter *setter,
                           const struct need *needs, const size_t *all,
                           size_t count)
{
    const struct theme *theme = setter->theme;
    for (double size = theme->table_pt; size >= theme->table_least_pt;
         size -= SIZE_STEP_PT) {
        double width =
            least_width(setter, needs, all, count, size / theme->table_pt);
        if (width <= setter->width_pt)
            return size;
    }
    return 0;
}

struct table_shape set_table_shape(struct setter *setter,
                                   const struct grid *grid)
{
    const struct theme *theme = setter->theme;
    size_t count = grid->column_count;
    struct need *needs = arena_array(setter->arena, count, sizeof *needs);
    size_t *all = arena_array(setter->arena, count, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = i;
    struct need *tight = measure(setter, grid, all);
    memcpy(needs, tight, count * sizeof *needs);
    if (set_is_landscape(setter))
        spare_headers(grid, needs);
    double size = fitting_size(setter, needs, all, count);
    if (size <= 0) {
        needs = tight;
        size = fitting_size(setter, needs, all, count);
    }
    struct table_shape shape = {.size_pt = size > 0 ? size : theme->table_pt};
    double scale = shape.size_pt / theme->table_pt;
    shape.leading_pt = theme->table_leading_pt * scale;
    if (size > 0)
        add_part(setter, &shape, needs, all, count, scale);
    else
        split(setter, grid, &shape, needs);
    return shape;
}
