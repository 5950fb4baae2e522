/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "page/column_head.h"
#include "page/layout_column.h"
#include "page/legend.h"

static const double row_pad_pt = 1.5;     /* above and below a row's text */
static const double strong_rule_pt = 0.9; /* top and bottom of a table */
static const double head_rule_pt = 0.6;
static const double row_rule_pt = 0.3;

/* One part of a table being set. */
struct board {
    struct setter *setter;
    const struct grid *grid;
    const struct table_shape *shape;
    const struct table_part *part;
    const struct slab *again; /* title and head, where the table goes on */
    int body;                 /* TBody */
};

static struct text_style style_of(const struct board *board, bool bold)
{
    return (struct text_style){
        .font = bold ? FONT_BOLD : FONT_REGULAR,
        .size_pt = board->shape->size_pt,
        .leading_pt = board->shape->leading_pt,
        .colour = board->setter->theme->ink,
    };
}

static double inner_width(const struct board *board, size_t place)
{
    return board->part->width_pt[place] -
           2 * board->setter->theme->table_padding_pt;
}

static double inner_x(const struct board *board, size_t place)
{
    return board->part->x_pt[place] + board->setter->theme->table_padding_pt;
}

/* Widths were measured by words; half a point forgives their rounding. */
static struct paragraph *break_cell(const struct board *board, size_t place,
                                    const char *text, double width_pt,
                                    const struct text_style *style, int element)
{
    struct text_style aligned = *style;
    aligned.align = board->grid->columns[board->part->columns[place]].align;
    return set_break_text(board->setter, text, &aligned, width_pt + 0.01,
                          element);
}

static int cell_element(const struct board *board, int row, enum tag_role role,
                        enum tag_scope scope)
{
    if (row == TAG_ARTIFACT)
        return TAG_ARTIFACT;
    int element = set_element(board->setter, row, role);
    board->setter->elements[element].tag.scope = scope;
    return element;
}

/* --- the head ------------------------------------------------------------- */

struct head_cell {
    size_t place, span; /* columns of the part */
    bool group; /* the name of a group, above the cells of its columns */
    bool below; /* one of those */
    struct paragraph *heading, *unit;
    int element;
    double height_pt;
};

struct head {
    struct head_cell *cells; /* in reading order */
    size_t count;
    double lower_pt; /* the part of its height below names of groups */
    double height_pt;
};

static double span_width(const struct board *board,
                         const struct head_cell *cell)
{
    double width = inner_width(board, cell->place);
    for (size_t i = cell->place + 1; i < cell->place + cell->span; i++)
        width += board->part->width_pt[i];
    return width;
}

static const struct grid_column *column_at(const struct board *board,
                                           size_t place)
{
    return &board->grid->columns[board->part->columns[place]];
}

static void break_head_cell(const struct board *board, struct head_cell *cell,
                            int row)
{
    const struct grid_column *column = column_at(board, cell->place);
    struct text_style bold = style_of(board, true);
    struct text_style plain = style_of(board, false);
    bold.colour = board->setter->theme->accent;
    plain.colour = board->setter->theme->muted;
    cell->element = cell_element(board, row, TAG_TH, SCOPE_COLUMN);
    double width = span_width(board, cell);
    if (cell->group) {
        bold.align = ALIGN_CENTRE;
        cell->heading = set_break_text(board->setter, column->group, &bold,
                                       width + 0.01, cell->element);
    } else {
        cell->heading =
            break_cell(board, cell->place, column_head_words(column), width,
                       &bold, cell->element);
    }
    cell->unit = break_cell(board, cell->place, cell->group ? "" : column->unit,
                            width, &plain, cell->element);
    cell->height_pt = set_height(cell->heading) + set_height(cell->unit);
}

static void add_head_cell(const struct board *board, struct head *head,
                          struct head_cell cell, int row, bool two_rows)
{
    break_head_cell(board, &cell, row);
    if (cell.element != TAG_ARTIFACT) {
        struct tag *tag = &board->setter->elements[cell.element].tag;
        tag->columns = (uint16_t)cell.span;
        tag->rows = two_rows && !cell.group && !cell.below ? 2 : 1;
    }
    head->cells[head->count++] = cell;
}

static int head_row(const struct board *board, int parent)
{
    return parent == TAG_ARTIFACT ? TAG_ARTIFACT
                                  : set_element(board->setter, parent, TAG_TR);
}

static bool has_groups(const struct board *board)
{
    for (size_t i = 0; i < board->part->count; i++) {
        if (column_head_grouped(column_at(board, i)))
            return true;
    }
    return false;
}

/* A row of groups and of columns without one, then a row of the others. */
static struct head break_head(const struct board *board, int parent)
{
    const struct table_part *part = board->part;
    struct head head = {
        .cells = arena_array(board->setter->arena, 2 * part->count,
                             sizeof *head.cells),
    };
    bool two_rows = has_groups(board);
    int row = head_row(board, parent);
    for (size_t i = 0; i < part->count;) {
        size_t span =
            column_head_span(board->grid, &part->columns[i], part->count - i);
        struct head_cell cell = {
            .place = i,
            .span = span,
            .group = column_head_grouped(column_at(board, i)),
        };
        add_head_cell(board, &head, cell, row, two_rows);
        i += span;
    }
    row = two_rows ? head_row(board, parent) : row;
    for (size_t i = 0; i < part->count; i++) {
        struct head_cell cell = {.place = i, .span = 1, .below = true};
        if (column_head_grouped(column_at(board, i)))
            add_head_cell(board, &head, cell, row, two_rows);
    }
    return head;
}

#define GROUP_GAP_PT 3 /* between the name of a group and its columns */

static void measure_head(struct head *head)
{
    double upper = 0;
    double whole = 0;
    for (size_t i = 0; i < head->count; i++) {
        const struct head_cell *cell = &head->cells[i];
        double *height = cell->group   ? &upper
                         : cell->below ? &head->lower_pt
                                       : &whole;
        *height = fmax(*height, cell->height_pt);
    }
    if (head->lower_pt > 0)
        head->lower_pt += GROUP_GAP_PT;
    head->height_pt = fmax(whole, upper + head->lower_pt) + 4 * row_pad_pt;
}

static void draw_head_cell(const struct board *board, struct slab *slab,
                           const struct head_cell *cell, double bottom_pt)
{
    struct setter *setter = board->setter;
    double x = inner_x(board, cell->place);
    double y = bottom_pt - cell->height_pt;
    set_lines(setter, slab, cell->heading, 0, set_line_count(cell->heading), x,
              y);
    if (cell->group)
        set_fill(setter, slab, x, bottom_pt + 0.5, span_width(board, cell),
                 row_rule_pt, setter->theme->accent);
    if (set_line_count(cell->unit) == 0)
        return;
    y += set_height(cell->heading);
    struct text_style plain = style_of(board, false);
    (void)set_line(setter, slab, cell->element, &plain, " ", x, y);
    set_lines(setter, slab, cell->unit, 0, set_line_count(cell->unit), x, y);
}

/* Draws the head at `y_pt`, as structure when `parent` is an element; returns
 * its height. */
static double draw_head(const struct board *board, struct slab *slab,
                        double y_pt, int parent)
{
    struct setter *setter = board->setter;
    struct head head = break_head(board, parent);
    measure_head(&head);
    head.height_pt = fmax(head.height_pt, setter->top_pt - y_pt);
    set_fill(setter, slab, setter->left_pt, y_pt, setter->width_pt,
             head.height_pt, setter->theme->tint);
    set_fill(setter, slab, setter->left_pt, y_pt, setter->width_pt,
             strong_rule_pt, setter->theme->accent);
    double bottom = y_pt + head.height_pt;
    set_fill(setter, slab, setter->left_pt, bottom - head_rule_pt,
             setter->width_pt, head_rule_pt, setter->theme->accent);
    bottom -= 2 * row_pad_pt;
    for (size_t i = 0; i < head.count; i++)
        draw_head_cell(board, slab, &head.cells[i],
                       head.cells[i].group ? bottom - head.lower_pt : bottom);
    return head.height_pt;
}

/* --- rows ----------------------------------------------------------------- */

static void draw_flags(const struct board *board, struct slab *slab,
                       const struct grid_cell *cell, int element, double x_pt,
                       double y_pt)
{
    struct setter *setter = board->setter;
    const char *letters = flag_letters(setter->arena, cell->flags);
    if (letters[0] == '\0')
        return;
    struct text_style style = style_of(board, false);
    style.font = FONT_ITALIC;
    style.size_pt *= 0.7;
    style.colour = setter->theme->muted;
    int sign = set_element(setter, element, TAG_SPAN);
    setter->elements[sign].tag.expansion =
        flag_words(setter->arena, setter->lang, cell->flags);
    (void)set_line(setter, slab, sign, &style,
                   arena_format(setter->arena, " %s", letters), x_pt - 0.6,
                   y_pt - style.size_pt * 0.3);
}

struct row_cell {
    const struct grid_cell *cell;
    struct paragraph *lines;
    int element;
    double x_pt, width_pt;
};

static struct row_cell break_row_cell(const struct board *board, size_t row,
                                      size_t place, int row_element, bool bold)
{
    const struct grid *grid = board->grid;
    size_t column = board->part->columns[place];
    const struct grid_cell *cell =
        &grid->cells[row * grid->column_count + column];
    bool header = grid->columns[column].header;
    int element = cell_element(board, row_element, header ? TAG_TH : TAG_TD,
                               header ? SCOPE_ROW : SCOPE_NONE);
    struct text_style style = style_of(board, bold);
    if (cell->number && cell->availability != AVAILABLE) {
        style.colour = board->setter->theme->muted;
        board->setter->elements[element].tag.expansion =
            availability_words(board->setter->lang, cell->availability);
    }
    double width =
        inner_width(board, place) -
        set_decimal_room(board->setter, &style, &grid->columns[column], cell);
    return (struct row_cell){
        .cell = cell,
        .lines = break_cell(board, place, cell->text, width, &style, element),
        .element = element,
        .x_pt = inner_x(board, place),
        .width_pt = width,
    };
}

/* A row, and how much of it stands on one slab. */
struct row_part {
    const struct row_cell *cells;
    size_t first, count, of; /* lines */
    bool tinted, last;       /* of the table */
};

static void draw_row_cell(const struct board *board, struct slab *slab,
                          const struct row_part *part,
                          const struct row_cell *cell, double y_pt)
{
    size_t lines = set_line_count(cell->lines);
    size_t past = part->first + part->count;
    past = past < lines ? past : lines;
    if (part->first < past)
        set_lines(board->setter, slab, cell->lines, part->first,
                  past - part->first, cell->x_pt, y_pt);
    if (part->first == 0 && cell->cell->number && cell->cell->flags != 0)
        draw_flags(board, slab, cell->cell, cell->element,
                   cell->x_pt + cell->width_pt, y_pt);
}

static void set_row_part(const struct board *board, const struct row_part *part)
{
    struct setter *setter = board->setter;
    bool ends = part->first + part->count == part->of;
    bool zebra = setter->theme->zebra > 0;
    double top = part->first == 0 ? row_pad_pt : 0;
    double height = top + (double)part->count * board->shape->leading_pt +
                    (ends ? row_pad_pt : 0);
    struct slab *slab = set_slab(setter, 0);
    set_room(setter, slab, board->part->count + 2);
    if (part->tinted)
        set_fill(setter, slab, setter->left_pt, 0, setter->width_pt, height,
                 setter->theme->tint);
    for (size_t i = 0; i < board->part->count; i++)
        draw_row_cell(board, slab, part, &part->cells[i], top);
    double rule = part->last ? strong_rule_pt : zebra ? 0 : row_rule_pt;
    if (ends)
        set_fill(setter, slab, setter->left_pt, height - rule, setter->width_pt,
                 rule,
                 part->last ? setter->theme->accent : setter->theme->rule);
    slab->out.height_pt = height;
    slab->repeat = board->again;
    slab->rigid = part->count < part->of;
    /* As in a paragraph, the first two lines stay together, and the last. */
    slab->keep = !ends && (part->first == 0 || part->first + 2 == part->of);
}

/* Of a page: a higher row may be cut between its lines. */
#define TALL_ROW 0.3

static void set_row(const struct board *board, size_t row)
{
    struct setter *setter = board->setter;
    const struct grid *grid = board->grid;
    bool bold = grid->emphasis != NULL && grid->emphasis[row] != 0;
    bool zebra = setter->theme->zebra > 0;
    int element = set_element(setter, board->body, TAG_TR);
    struct row_cell *cells =
        arena_array(setter->scratch, board->part->count, sizeof *cells);
    size_t lines = 1;
    for (size_t i = 0; i < board->part->count; i++) {
        cells[i] = break_row_cell(board, row, i, element, bold);
        size_t own = set_line_count(cells[i].lines);
        lines = own > lines ? own : lines;
    }
    double height = (double)lines * board->shape->leading_pt;
    bool cut = setter->beside == 0 && height > TALL_ROW * setter->height_pt;
    struct row_part part = {
        .cells = cells,
        .count = cut ? 1 : lines,
        .of = lines,
        .tinted = bold || (zebra && row % 2 == 1),
        .last = row + 1 == grid->rows,
    };
    for (; part.first < lines; part.first += part.count)
        set_row_part(board, &part);
    set_forget(setter);
}

/* --- signs ---------------------------------------------------------------- */

static void set_legend(struct setter *setter, const char *legend)
{
    if (legend[0] == '\0')
        return;
    struct text_style style = set_style_small(setter);
    int element = set_element(setter, TAG_ROOT, TAG_P);
    struct paragraph *lines =
        set_break_text(setter, legend, &style, setter->width_pt, element);
    struct slab *slab = set_slab(setter, 3);
    slab->keep = true;
    slab->out.height_pt = set_height(lines);
    set_lines(setter, slab, lines, 0, set_line_count(lines), setter->left_pt,
              0);
}

/* --- the table ------------------------------------------------------------ */

static double draw_title(struct setter *setter, struct slab *slab,
                         const char *title, int element)
{
    if (title[0] == '\0')
        return 0;
    struct text_style style = set_style_title(setter);
    struct paragraph *lines =
        set_break_text(setter, title, &style, setter->width_pt, element);
    set_lines(setter, slab, lines, 0, set_line_count(lines), setter->left_pt,
              0);
    return fmax(set_height(lines), setter->title_pt) + 3;
}

/* The caption of a table, or the heading in it. */
static int caption_element(struct setter *setter, int table)
{
    int caption = set_element(setter, table, TAG_CAPTION);
    enum tag_role role = set_title_role(setter, TAG_CAPTION);
    return role == TAG_CAPTION ? caption : set_element(setter, caption, role);
}

static const char *continued_title(struct setter *setter, const char *title)
{
    if (title[0] == '\0')
        return locale_text(setter->lang, "table.continued");
    return locale_fill(setter->arena, setter->lang, "table.suite", "title",
                       title, NULL);
}

/* Title and head of a part; both are drawn again where the part goes on. */
static void set_top(struct board *board, const char *title, int table,
                    const char *more, struct slab *again)
{
    struct setter *setter = board->setter;
    struct slab *slab = set_slab(setter, setter->theme->block_gap_pt);
    slab->keep = true;
    double y = 0;
    if (title[0] != '\0')
        y = draw_title(setter, slab, title, caption_element(setter, table));
    int head = set_element(setter, table, TAG_THEAD);
    slab->out.height_pt = y + draw_head(board, slab, y, head);

    y = draw_title(setter, again, more, TAG_ARTIFACT);
    again->out.height_pt = y + draw_head(board, again, y, TAG_ARTIFACT);
    again->heading = -1;
    board->body = set_element(setter, table, TAG_TBODY);
}

/* Rows of a table that stay together at its beginning and at its end. */
#define ROWS_TOGETHER 3

/* Where a table may be cut: not among its first rows or its last ones, not
 * between a group's name and its first row; a short one nowhere. */
static void keep_rows(struct setter *setter, const struct grid *grid,
                      size_t first_slab, const size_t *last_slab)
{
    double height = 0;
    for (size_t i = first_slab; i < setter->slab_count; i++)
        height += setter->slabs[i]->out.height_pt;
    bool whole = height < setter->height_pt * 0.3;
    for (size_t row = 0; row < grid->rows; row++) {
        bool group = grid->emphasis != NULL && grid->emphasis[row] != 0 &&
                     row + 1 < grid->rows && grid->emphasis[row + 1] == 0;
        setter->slabs[last_slab[row]]->keep =
            whole || row + 1 < ROWS_TOGETHER ||
            row + ROWS_TOGETHER >= grid->rows || group;
    }
}

static void set_part(struct setter *setter, const struct grid *grid,
                     const struct table_shape *shape, size_t part,
                     const char *title)
{
    struct board board = {
        .setter = setter,
        .grid = grid,
        .shape = shape,
        .part = &shape->parts[part],
    };
    struct slab *again = arena_alloc(setter->arena, sizeof *again);
    size_t *last = arena_array(setter->arena, grid->rows, sizeof *last);
    board.again = again;
    int table = set_element(setter, TAG_ROOT, TAG_TABLE);
    const char *more = continued_title(setter, title);
    set_top(&board, part == 0 ? title : more, table, more, again);
    size_t first = setter->slab_count;
    for (size_t row = 0; row < grid->rows; row++) {
        set_row(&board, row);
        last[row] = setter->slab_count - 1;
    }
    keep_rows(setter, grid, first, last);
    if (part + 1 < shape->part_count)
        setter->slabs[setter->slab_count - 1]->keep = false;
}

static void set_empty(struct setter *setter)
{
    struct text_style style = set_style_body(setter);
    int element = set_element(setter, TAG_ROOT, TAG_P);
    struct paragraph *lines =
        set_break_text(setter, locale_text(setter->lang, "table.empty"), &style,
                       setter->width_pt, element);
    set_flow(setter, lines, setter->left_pt, setter->theme->block_gap_pt);
}

/* Rows of a landscape page that a table needs to be worth one. */
#define LEAST_ROWS 8

/* On its side when only so its columns fit together. */
static struct table_shape choose_shape(struct setter *setter,
                                       const struct grid *grid)
{
    struct table_shape shape = set_table_shape(setter, grid);
    bool turns = !set_is_landscape(setter) && setter->beside == 0;
    if (shape.part_count > 1 && turns && grid->rows >= LEAST_ROWS) {
        set_turn(setter, true);
        struct table_shape turned = set_table_shape(setter, grid);
        if (turned.part_count == 1)
            return turned;
        set_turn(setter, false);
    }
    if (shape.part_count > 1)
        setter->split_tables++;
    return shape;
}

void set_table(struct setter *setter, const struct block *block)
{
    const struct grid *grid = block->grid;
    const char *title = set_title(setter, block);
    if (grid->rows == 0 || grid->column_count == 0) {
        set_empty(setter);
        return;
    }
    const struct sheet *sheet = setter->sheet;
    struct table_shape shape = choose_shape(setter, grid);
    for (size_t part = 0; part < shape.part_count; part++)
        set_part(setter, grid, &shape, part, title);
    set_legend(setter, legend_of_signs(setter->arena, grid, setter->lang, ~0u));
    size_t before = setter->slab_count;
    set_caption(setter, &block->caption);
    if (setter->slab_count == before)
        setter->slabs[before - 1]->keep = false;
    set_turn(setter, sheet != &setter->sheets[0]);
}
