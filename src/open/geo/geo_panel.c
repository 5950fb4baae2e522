/* SPDX-License-Identifier: EUPL-1.2 */
/* A panel: its arcs projected, simplified, put on a grid of whole units, and
 * ranked; its areas as rings that wind the right way. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/geo_impl.h"

static const size_t no_arc = SIZE_MAX;

/* What the panel knows about an arc of the topology. */
struct use {
    size_t line;        /* no_arc: not in this panel */
    size_t arc;         /* in the level; no_arc when it lies inside an area */
    size_t sides;       /* areas of the panel along it */
    const char *parent; /* of the first side */
    bool parents_differ;
};

struct panel_work {
    struct geo_builder *builder;
    struct use *uses; /* [chain] */
    struct geo_line *lines;
    size_t *chain_of; /* [line] */
    size_t line_count;
    double unit_dm;
    double min_x, min_y; /* decimetres, whole units */
    struct err *err;
};

static size_t arc_of(int32_t walk)
{
    return (size_t)(walk < 0 ? ~walk : walk);
}

/* --- lines --------------------------------------------------------------- */

static void take_ring(struct panel_work *work, const struct geo_ring *ring)
{
    for (size_t i = 0; i < ring->count; i++) {
        struct use *use = &work->uses[arc_of(ring->arcs[i])];
        if (use->line != no_arc)
            continue;
        use->line = work->line_count;
        work->chain_of[work->line_count++] = arc_of(ring->arcs[i]);
    }
}

static void take_features(struct panel_work *work,
                          const struct geo_source *features)
{
    struct arena *arena = work->builder->arena;
    size_t chains = work->builder->topology->chain_count;
    work->uses = arena_array(arena, chains, sizeof *work->uses);
    work->chain_of = arena_array(arena, chains, sizeof *work->chain_of);
    for (size_t i = 0; i < chains; i++)
        work->uses[i] = (struct use){.line = no_arc, .arc = no_arc};
    for (size_t f = 0; f < features->count; f++) {
        const struct geo_feature *feature = &features->features[f];
        for (size_t r = 0; r < feature->outline_count; r++)
            take_ring(work, &feature->rings[r]);
    }
}

/* Longitudes and latitudes of the panel's lines. */
static void copy_lines(struct panel_work *work)
{
    struct arena *arena = work->builder->arena;
    const struct geo_topology *topology = work->builder->topology;
    work->lines = arena_array(arena, work->line_count, sizeof *work->lines);
    for (size_t l = 0; l < work->line_count; l++) {
        const struct geo_chain *chain = &topology->chains[work->chain_of[l]];
        struct geo_line *line = &work->lines[l];
        line->points = arena_array(arena, chain->count, sizeof *line->points);
        line->count = chain->count;
        for (size_t i = 0; i < chain->count; i++)
            line->points[i] = topology->vertices[chain->vertices[i]];
        line->sides[0].surface = line->sides[1].surface = SIZE_MAX;
    }
}

static void box_of(const struct panel_work *work, struct geo_point *low,
                   struct geo_point *high)
{
    *low = (struct geo_point){HUGE_VAL, HUGE_VAL};
    *high = (struct geo_point){-HUGE_VAL, -HUGE_VAL};
    for (size_t l = 0; l < work->line_count; l++) {
        for (size_t i = 0; i < work->lines[l].count; i++) {
            struct geo_point at = work->lines[l].points[i];
            low->x = fmin(low->x, at.x);
            low->y = fmin(low->y, at.y);
            high->x = fmax(high->x, at.x);
            high->y = fmax(high->y, at.y);
        }
    }
}

/* A frame without projection gets one at the middle of its lines. */
static int choose_epsg(const struct panel_work *work, int epsg)
{
    struct geo_point low;
    struct geo_point high;
    box_of(work, &low, &high);
    struct geo_point centre = {(low.x + high.x) / 2, (low.y + high.y) / 2};
    return epsg > 0 ? epsg : geo_epsg_centred(centre);
}

static bool project_lines(struct panel_work *work, int epsg)
{
    struct geo_projection *projection = NULL;
    bool ok = geo_projection_open(epsg, &projection, work->err);
    for (size_t l = 0; ok && l < work->line_count; l++) {
        struct geo_line *line = &work->lines[l];
        for (size_t i = 0; ok && i < line->count; i++)
            ok = geo_project(projection, &line->points[i], work->err);
    }
    geo_projection_close(projection);
    return ok;
}

/* --- surfaces ------------------------------------------------------------ */

/* Twice the signed area between a line and a point. */
static double line_area2(const struct geo_line *line, struct geo_point home)
{
    double sum = 0;
    for (size_t k = 1; k < line->count; k++) {
        struct geo_point a = line->points[k - 1];
        struct geo_point b = line->points[k];
        sum +=
            (a.x - home.x) * (b.y - home.y) - (b.x - home.x) * (a.y - home.y);
    }
    return sum;
}

static void measure_ring(struct panel_work *work, const struct geo_ring *ring,
                         bool hole, size_t surface,
                         struct geo_surface *surfaces)
{
    double sum = 0;
    if (ring->count == 0)
        return;
    struct geo_point home =
        work->lines[work->uses[arc_of(ring->arcs[0])].line].points[0];
    for (size_t i = 0; i < ring->count; i++) {
        const struct use *use = &work->uses[arc_of(ring->arcs[i])];
        double area2 = line_area2(&work->lines[use->line], home);
        sum += ring->arcs[i] < 0 ? -area2 : area2;
    }
    surfaces[surface].area2 += hole ? -fabs(sum) : fabs(sum);
    for (size_t i = 0; i < ring->count; i++) {
        struct geo_line *line =
            &work->lines[work->uses[arc_of(ring->arcs[i])].line];
        bool grows = (sum > 0) != hole;
        bool second = line->sides[0].surface != SIZE_MAX;
        line->sides[second] = (struct geo_side){
            surface, grows == (ring->arcs[i] >= 0) ? 1.0 : -1.0};
    }
}

/* What simplifying must not change much: the surface of each feature. */
static struct geo_surface *measure(struct panel_work *work,
                                   const struct geo_source *features)
{
    struct geo_surface *surfaces =
        arena_array(work->builder->arena, features->count, sizeof *surfaces);
    for (size_t f = 0; f < features->count; f++) {
        const struct geo_feature *feature = &features->features[f];
        for (size_t r = 0; r < feature->outline_count; r++)
            measure_ring(work, &feature->rings[r], feature->outlines[r].hole, f,
                         surfaces);
    }
    return surfaces;
}

struct ends {
    uint32_t low, high;
    size_t line;
};

static int compare_ends(const void *a, const void *b)
{
    const struct ends *p = a;
    const struct ends *q = b;
    if (p->low != q->low)
        return p->low < q->low ? -1 : 1;
    if (p->high != q->high)
        return p->high < q->high ? -1 : 1;
    return p->line < q->line ? -1 : 1;
}

/* Shapes stay: a closed line keeps a triangle, and of lines between the same
 * two ends, all but straight ones keep a corner. */
static void guard_shapes(struct panel_work *work)
{
    struct ends *ends =
        arena_array(work->builder->arena, work->line_count, sizeof *ends);
    for (size_t l = 0; l < work->line_count; l++) {
        const struct geo_chain *chain =
            &work->builder->topology->chains[work->chain_of[l]];
        uint32_t from = chain->vertices[0];
        uint32_t to = chain->vertices[chain->count - 1];
        ends[l] =
            (struct ends){from < to ? from : to, from < to ? to : from, l};
        work->lines[l].keep = from == to ? 4 : 2;
    }
    qsort(ends, work->line_count, sizeof *ends, compare_ends);
    for (size_t i = 1; i < work->line_count; i++) {
        struct ends a = ends[i - 1];
        struct ends b = ends[i];
        if (a.low != b.low || a.high != b.high || a.low == a.high)
            continue;
        work->lines[a.line].keep = 3;
        work->lines[b.line].keep = 3;
    }
}

/* --- arcs ---------------------------------------------------------------- */

static void rank_shape(struct panel_work *work, const struct geo_shape *shape)
{
    for (size_t r = 0; r < shape->ring_count; r++) {
        for (size_t i = 0; i < shape->rings[r].count; i++) {
            struct use *use = &work->uses[arc_of(shape->rings[r].arcs[i])];
            if (use->sides++ == 0)
                use->parent = shape->parent;
            else if (!text_same(use->parent, shape->parent))
                use->parents_differ = true;
        }
    }
}

/* The coarsest of 0.1, 1, 10, 100 m that 20,000 steps of span the panel. */
static double choose_unit(double extent_m)
{
    double unit_dm = 1;
    while (unit_dm < 1000 && unit_dm * 10 * 20000 <= extent_m * 10)
        unit_dm *= 10;
    return unit_dm;
}

/* The box is a little larger than the drawing: whole units, and never flat. */
static void make_box(struct panel_work *work, struct geo_panel *panel)
{
    struct geo_point low;
    struct geo_point high;
    box_of(work, &low, &high);
    double unit = work->unit_dm;
    work->min_x = floor(low.x * 10 / unit) * unit;
    work->min_y = floor(low.y * 10 / unit) * unit;
    panel->min_x = work->min_x / 10;
    panel->min_y = work->min_y / 10;
    panel->max_x = (floor(high.x * 10 / unit) + 1) * unit / 10;
    panel->max_y = (floor(high.y * 10 / unit) + 1) * unit / 10;
}

/* Decimetres from the corner, in whole units; equal neighbours are one. */
static struct geo_arc place_line(const struct panel_work *work,
                                 const struct geo_line *line)
{
    int32_t *xy =
        arena_array(work->builder->arena, 2 * line->count, sizeof *xy);
    size_t count = 0;
    for (size_t i = 0; i < line->count; i++) {
        double unit = work->unit_dm;
        double x = (line->points[i].x * 10 - work->min_x) / unit;
        double y = (line->points[i].y * 10 - work->min_y) / unit;
        xy[2 * count] = (int32_t)(round(x) * unit);
        xy[2 * count + 1] = (int32_t)(round(y) * unit);
        bool last = i + 1 == line->count;
        if (count == 0 || (last && count == 1) ||
            memcmp(xy + 2 * count, xy + 2 * count - 2, 2 * sizeof *xy) != 0)
            count++;
    }
    return (struct geo_arc){.xy = xy, .count = (uint32_t)count};
}

static void add_arcs(struct panel_work *work)
{
    struct geo_builder *builder = work->builder;
    for (size_t l = 0; l < work->line_count; l++) {
        struct use *use = &work->uses[work->chain_of[l]];
        if (use->sides == 0)
            continue;
        struct geo_arc arc = place_line(work, &work->lines[l]);
        arc.panel = (uint16_t)(builder->panel_count - 1);
        arc.rank = use->sides == 1 ? 0 : use->parents_differ ? 1 : 2;
        builder->arcs =
            arena_grow(builder->arena, builder->arcs, builder->arc_count,
                       &builder->arc_capacity, sizeof *builder->arcs);
        use->arc = builder->arc_count;
        builder->arcs[builder->arc_count++] = arc;
    }
}

/* Do arcs of the panel cross on its grid? */
static bool arcs_cross(const struct geo_builder *builder, size_t first)
{
    struct arena *scratch = arena_new();
    struct geo_topology grid = {0};
    struct geo_crossing found;
    size_t points = 0;
    for (size_t a = first; a < builder->arc_count; a++)
        points += builder->arcs[a].count;
    grid.vertices = arena_array(scratch, points + 1, sizeof *grid.vertices);
    grid.chains = arena_array(scratch, builder->arc_count - first + 1,
                              sizeof *grid.chains);
    uint32_t *numbers = arena_array(scratch, points + 1, sizeof *numbers);
    for (size_t a = first; a < builder->arc_count; a++) {
        const struct geo_arc *arc = &builder->arcs[a];
        grid.chains[grid.chain_count++] =
            (struct geo_chain){numbers + grid.vertex_count, arc->count};
        for (size_t k = 0; k < arc->count; k++) {
            size_t vertex = grid.vertex_count++;
            numbers[vertex] = (uint32_t)vertex;
            grid.vertices[vertex] = (struct geo_point){
                arc->xy[2 * k] / 1e6, arc->xy[2 * k + 1] / 1e6};
        }
    }
    bool cross = geo_crossing_find(&grid, &found);
    arena_free(scratch);
    return cross;
}

/* Borders that do not cross may on a coarse grid: then it is made finer. */
static void place_arcs(struct panel_work *work, struct geo_panel *panel)
{
    struct geo_builder *builder = work->builder;
    struct geo_point low;
    struct geo_point high;
    size_t first = builder->arc_count;
    box_of(work, &low, &high);
    work->unit_dm = choose_unit(fmax(high.x - low.x, high.y - low.y));
    make_box(work, panel);
    add_arcs(work);
    while (work->unit_dm > 1 && arcs_cross(builder, first)) {
        work->unit_dm /= 10;
        builder->arc_count = first;
        make_box(work, panel);
        add_arcs(work);
    }
}

/* --- areas --------------------------------------------------------------- */

static struct geo_level level_view(const struct geo_builder *builder)
{
    return (struct geo_level){.arcs = builder->arcs,
                              .arc_count = builder->arc_count};
}

static void reverse_ring(int32_t *arcs, size_t count)
{
    for (size_t i = 0; i < count - count / 2; i++) {
        int32_t kept = arcs[i];
        arcs[i] = ~arcs[count - 1 - i];
        arcs[count - 1 - i] = ~kept;
    }
}

static void wind_rings(const struct geo_level *geo, struct geo_ring *rings,
                       int32_t *const *arcs, size_t count)
{
    for (size_t r = 0; r < count; r++) {
        bool clockwise = geo_ring_area2(geo, &rings[r]) < 0;
        if (clockwise == geo_ring_is_hole(geo, rings, count, r))
            reverse_ring(arcs[r], rings[r].count);
    }
}

static void add_area(struct panel_work *work, const struct geo_shape *shape)
{
    struct geo_builder *builder = work->builder;
    struct geo_ring *rings =
        arena_array(builder->arena, shape->ring_count, sizeof *rings);
    int32_t **arcs =
        arena_array(builder->arena, shape->ring_count, sizeof *arcs);
    for (size_t r = 0; r < shape->ring_count; r++) {
        const struct geo_ring *from = &shape->rings[r];
        arcs[r] = arena_array(builder->arena, from->count, sizeof *arcs[r]);
        rings[r] = (struct geo_ring){arcs[r], from->count};
        for (size_t i = 0; i < from->count; i++) {
            int32_t arc = (int32_t)work->uses[arc_of(from->arcs[i])].arc;
            arcs[r][i] = from->arcs[i] < 0 ? ~arc : arc;
        }
    }
    struct geo_level geo = level_view(builder);
    wind_rings(&geo, rings, arcs, shape->ring_count);
    builder->areas =
        arena_grow(builder->arena, builder->areas, builder->area_count,
                   &builder->area_capacity, sizeof *builder->areas);
    builder->areas[builder->area_count++] =
        (struct geo_area){shape->code, shape->label, builder->panel_count - 1,
                          rings, shape->ring_count};
}

bool geo_panel_build(struct geo_builder *builder, const struct geo_frame *frame,
                     const struct geo_source *features,
                     const struct geo_shape *shapes, size_t shape_count,
                     struct err *err)
{
    struct panel_work work = {.builder = builder, .err = err};
    take_features(&work, features);
    copy_lines(&work);
    struct geo_panel panel = frame->panel;
    panel.epsg = choose_epsg(&work, panel.epsg);
    if (!project_lines(&work, panel.epsg))
        return err_wrap(err, "panel '%s'", panel.id);
    guard_shapes(&work);
    geo_simplify(builder->arena, work.lines, work.line_count,
                 measure(&work, features),
                 builder->tolerance_m * frame->detail);

    builder->panels =
        arena_grow(builder->arena, builder->panels, builder->panel_count,
                   &builder->panel_capacity, sizeof *builder->panels);
    builder->panel_count++;
    for (size_t s = 0; s < shape_count; s++)
        rank_shape(&work, &shapes[s]);
    place_arcs(&work, &panel);
    builder->panels[builder->panel_count - 1] = panel;
    for (size_t s = 0; s < shape_count; s++)
        add_area(&work, &shapes[s]);
    return true;
}
