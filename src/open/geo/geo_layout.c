/* SPDX-License-Identifier: EUPL-1.2 */
/* Layout files: which panel takes which areas, its projection and its frame.
 *
 * A panel takes the areas whose centre lies in its box of degrees, or, for a
 * zoom, those whose code begins with one of its codes. */
#include <string.h>

#include "base/csv.h"
#include "base/fs.h"
#include "base/num.h"
#include "geo/geo_impl.h"

enum column {
    COLUMN_PANEL,
    COLUMN_LABEL_FR,
    COLUMN_LABEL_EN,
    COLUMN_LEVEL,
    COLUMN_CODES,
    COLUMN_BOXED,
    COLUMN_EPSG, /* numbers from here on */
    COLUMN_WEST,
    COLUMN_SOUTH,
    COLUMN_EAST,
    COLUMN_NORTH,
    COLUMN_X,
    COLUMN_Y,
    COLUMN_WIDTH,
    COLUMN_HEIGHT,
    COLUMN_SCALE_BAR,
    COLUMN_DETAIL,
    COLUMN_COUNT,
};

static const char *const column_names[COLUMN_COUNT] = {
    [COLUMN_PANEL] = "panel",
    [COLUMN_LABEL_FR] = "label_fr",
    [COLUMN_LABEL_EN] = "label_en",
    [COLUMN_LEVEL] = "level",
    [COLUMN_CODES] = "codes",
    [COLUMN_BOXED] = "boxed",
    [COLUMN_EPSG] = "epsg",
    [COLUMN_WEST] = "west",
    [COLUMN_SOUTH] = "south",
    [COLUMN_EAST] = "east",
    [COLUMN_NORTH] = "north",
    [COLUMN_X] = "x",
    [COLUMN_Y] = "y",
    [COLUMN_WIDTH] = "width",
    [COLUMN_HEIGHT] = "height",
    [COLUMN_SCALE_BAR] = "scale_bar_km",
    [COLUMN_DETAIL] = "detail",
};

struct row {
    const char *text[COLUMN_COUNT];
    double number[COLUMN_COUNT];
};

/* Boxes of degrees may be empty, when codes are given. */
static bool read_row(struct arena *arena, const struct csv *csv,
                     struct row *row, struct err *err)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        int at = csv_find(csv, column_names[i]);
        if (at < 0)
            return csv_no_column(csv, column_names[i], "geo.column", err);
        row->text[i] = arena_text(arena, csv_field(csv, (size_t)at));
        row->number[i] = 0;
        bool box = i >= COLUMN_WEST && i <= COLUMN_NORTH;
        if (i < COLUMN_EPSG || (box && *row->text[i] == '\0'))
            continue;
        if (!num_parse_double(row->text[i], &row->number[i]))
            return err_fail(err, ERR_INPUT, "geo.number",
                            "%s:%zu: column '%s': expected a number",
                            csv_path(csv), csv_line(csv), column_names[i]);
    }
    return true;
}

static bool frame_fits(const struct row *row)
{
    const double *number = row->number;
    return number[COLUMN_X] >= 0 && number[COLUMN_Y] >= 0 &&
           number[COLUMN_WIDTH] > 0 && number[COLUMN_HEIGHT] > 0 &&
           number[COLUMN_X] + number[COLUMN_WIDTH] <= GEO_GRID &&
           number[COLUMN_Y] + number[COLUMN_HEIGHT] <= GEO_GRID;
}

static bool check_row(const struct csv *csv, const struct row *row,
                      struct err *err)
{
    const double *number = row->number;
    const char *wrong = NULL;
    if (text_same(row->text[COLUMN_PANEL], ""))
        wrong = "a panel needs a name";
    else if (!frame_fits(row))
        wrong = "the frame does not fit the grid of 10000 x 10000";
    else if (text_same(row->text[COLUMN_CODES], "") &&
             (number[COLUMN_WEST] >= number[COLUMN_EAST] ||
              number[COLUMN_SOUTH] >= number[COLUMN_NORTH]))
        wrong = "a panel needs codes, or west < east and south < north";
    else if (number[COLUMN_EPSG] < 0 || number[COLUMN_EPSG] > 999999)
        wrong = "no such EPSG code";
    else if (number[COLUMN_SCALE_BAR] < 0 || number[COLUMN_DETAIL] < 0)
        wrong = "scale_bar_km and detail must not be negative";
    else if (!text_same(row->text[COLUMN_BOXED], "0") &&
             !text_same(row->text[COLUMN_BOXED], "1"))
        wrong = "boxed is 0 or 1";
    return !wrong || err_fail(err, ERR_INPUT, "geo.layout", "%s:%zu: %s",
                              csv_path(csv), csv_line(csv), wrong);
}

static void add_frame(struct arena *arena, const struct row *row,
                      struct geo_layout *layout)
{
    const double *number = row->number;
    struct geo_frame frame = {
        .panel = {.id = row->text[COLUMN_PANEL],
                  .label = {row->text[COLUMN_LABEL_FR],
                            row->text[COLUMN_LABEL_EN]},
                  .epsg = (int)number[COLUMN_EPSG],
                  .frame_x = number[COLUMN_X],
                  .frame_y = number[COLUMN_Y],
                  .frame_width = number[COLUMN_WIDTH],
                  .frame_height = number[COLUMN_HEIGHT],
                  .scale_bar_km = number[COLUMN_SCALE_BAR],
                  .boxed = text_same(row->text[COLUMN_BOXED], "1")},
        .west = number[COLUMN_WEST],
        .south = number[COLUMN_SOUTH],
        .east = number[COLUMN_EAST],
        .north = number[COLUMN_NORTH],
        .detail = number[COLUMN_DETAIL],
    };
    frame.level_count =
        text_split(arena, row->text[COLUMN_LEVEL], ' ', &frame.levels);
    frame.code_count =
        text_split(arena, row->text[COLUMN_CODES], ' ', &frame.codes);
    layout->frames = arena_grow(arena, layout->frames, layout->count,
                                &layout->capacity, sizeof *layout->frames);
    layout->frames[layout->count++] = frame;
}

/* "geo/france.layout.csv" -> "france" */
static const char *layout_name(struct arena *arena, const char *path)
{
    const char *name = fs_name(path);
    return arena_slice(arena, name, strcspn(name, "."));
}

bool geo_layout_read(struct arena *arena, const char *path,
                     struct geo_layout *out, struct err *err)
{
    struct csv *csv = NULL;
    struct geo_layout layout = {.name = layout_name(arena, path)};
    struct row row = {0};
    bool more = true;
    bool ok = csv_open(arena, path, &csv, err);
    while (ok && (ok = csv_next(csv, &more, err)) && more) {
        ok = read_row(arena, csv, &row, err) && check_row(csv, &row, err);
        if (ok)
            add_frame(arena, &row, &layout);
    }
    csv_close(csv);
    if (!ok)
        return false;
    if (layout.count == 0)
        return err_fail(err, ERR_INPUT, "geo.layout", "%s: no panel", path);
    if (layout.count > GEO_PANELS_MOST)
        return err_fail(err, ERR_INPUT, "geo.layout",
                        "%s: %zu panels, expected %d at most", path,
                        layout.count, GEO_PANELS_MOST);
    *out = layout;
    return true;
}

void geo_layout_single(struct arena *arena, struct geo_layout *out)
{
    struct geo_frame *frame = arena_alloc(arena, sizeof *frame);
    *frame = (struct geo_frame){
        .panel = {.id = "all",
                  .label = {"", ""},
                  .frame_width = GEO_GRID,
                  .frame_height = GEO_GRID},
        .west = -180,
        .south = -90,
        .east = 180,
        .north = 90,
        .detail = 1,
    };
    *out = (struct geo_layout){.name = "", .frames = frame, .count = 1};
}
