/* SPDX-License-Identifier: EUPL-1.2 */
/* Sources that no map can be drawn from, named before anything is written. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/geo_impl.h"

enum {
    CODE_SIZE_MOST = 40,
    SLIVERS_NAMED = 3,
    LOOP_ARCS = 4,
};

/* Borders that agree are equal: what is left between two of them, narrower
 * than this on average, is a mistake of the source and no land or water. */
static const double sliver_width_m = 5;
static const double metres_per_degree = 111200;

/* The features that have an arc on their right and on their left. */
struct sides {
    const struct geo_feature *at[2];
};

struct checker {
    struct arena *arena;
    const struct geo_source *source;
    const struct geo_topology *topology;
    struct sides *sides; /* [chain] */
    struct text *report;
    struct err *err;
};

static size_t arc_of(int32_t walk)
{
    return (size_t)(walk < 0 ? ~walk : walk);
}

static const char *name_of(struct checker *checker,
                           const struct geo_feature *feature)
{
    return arena_format(checker->arena, "feature %zu '%s'", feature->number,
                        feature->code);
}

/* --- codes --------------------------------------------------------------- */

/* Codes become names in files and attributes in figures. */
static bool is_code(const char *code)
{
    size_t size = strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz-_.");
    return size > 0 && size <= CODE_SIZE_MOST && code[size] == '\0';
}

bool geo_check_codes(const struct geo_source *source, struct err *err)
{
    for (size_t f = 0; f < source->count; f++) {
        const struct geo_feature *feature = &source->features[f];
        bool own = is_code(feature->code);
        if (own && (*feature->parent == '\0' || is_code(feature->parent)))
            continue;
        return err_fail(err, ERR_INPUT, "geo.code",
                        "feature %zu: code '%.80s': expected at most %d "
                        "letters, digits, '-', '_' and '.'",
                        feature->number, own ? feature->parent : feature->code,
                        CODE_SIZE_MOST);
    }
    return true;
}

/* --- rings --------------------------------------------------------------- */

/* Twice the surface, in square degrees, counterclockwise positive. */
static double ring_area2(const struct geo_outline *outline)
{
    struct geo_point home = outline->points[0];
    double sum = 0;
    for (size_t k = 1; k + 1 < outline->count; k++) {
        struct geo_point a = outline->points[k];
        struct geo_point b = outline->points[k + 1];
        sum +=
            (a.x - home.x) * (b.y - home.y) - (b.x - home.x) * (a.y - home.y);
    }
    return sum;
}

static bool check_surface(struct checker *checker,
                          const struct geo_feature *feature)
{
    double sum = 0;
    for (size_t r = 0; r < feature->outline_count; r++) {
        if (feature->rings[r].count > 0)
            sum += fabs(ring_area2(&feature->outlines[r]));
        else
            text_format(checker->report, "ring without surface dropped: %s\n",
                        name_of(checker, feature));
    }
    return sum > 0 || err_fail(checker->err, ERR_INPUT, "geo.empty",
                               "%s: has no surface", name_of(checker, feature));
}

/* 1 inside, 0 outside, -1 on the border. */
static int ring_holds(const struct geo_outline *ring, struct geo_point p)
{
    int inside = 0;
    for (size_t k = 0; k < ring->count; k++) {
        struct geo_point a = ring->points[k];
        struct geo_point b = ring->points[k + 1 < ring->count ? k + 1 : 0];
        double turn = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
        bool beside = p.x >= fmin(a.x, b.x) && p.x <= fmax(a.x, b.x) &&
                      p.y >= fmin(a.y, b.y) && p.y <= fmax(a.y, b.y);
        if (beside && fabs(turn) < 1e-15)
            return -1;
        if ((a.y > p.y) != (b.y > p.y) && (turn > 0) == (b.y > a.y))
            inside = !inside;
    }
    return inside;
}

/* Rings do not cross: one point that is not on the border decides. A ring
 * whose points are all on it lies on neither side for sure. */
static int ring_holds_ring(const struct geo_outline *outer,
                           const struct geo_outline *inner)
{
    int held = -1;
    for (size_t k = 0; held < 0 && k < inner->count; k++)
        held = ring_holds(outer, inner->points[k]);
    return held;
}

static bool check_hole(struct checker *checker,
                       const struct geo_feature *feature, size_t hole)
{
    const struct geo_outline *outlines = feature->outlines;
    for (size_t r = 0; r < feature->outline_count; r++) {
        if (r == hole || outlines[r].polygon != outlines[hole].polygon)
            continue;
        int held = ring_holds_ring(&outlines[r], &outlines[hole]);
        const char *wrong = NULL;
        if (!outlines[r].hole && held == 0)
            wrong = "a hole lies outside its polygon";
        if (outlines[r].hole && held == 1)
            wrong = "a hole lies in another hole";
        if (wrong)
            return err_fail(checker->err, ERR_INPUT, "geo.hole",
                            "%s: %s near %.5f, %.5f", name_of(checker, feature),
                            wrong, outlines[hole].points[0].x,
                            outlines[hole].points[0].y);
    }
    return true;
}

static bool check_feature(struct checker *checker,
                          const struct geo_feature *feature)
{
    if (!check_surface(checker, feature))
        return false;
    for (size_t r = 0; r < feature->outline_count; r++) {
        if (feature->outlines[r].hole && !check_hole(checker, feature, r))
            return false;
    }
    return true;
}

/* --- borders ------------------------------------------------------------- */

static struct geo_point place_of(const struct checker *checker, size_t chain)
{
    const struct geo_chain *at = &checker->topology->chains[chain];
    return checker->topology->vertices[at->vertices[at->count / 2]];
}

/* An arc walked forwards has on its right what is inside a ring that winds
 * clockwise, and so on. */
static bool use_arc(struct checker *checker, const struct geo_feature *feature,
                    int32_t walk, bool clockwise)
{
    size_t chain = arc_of(walk);
    struct sides *sides = &checker->sides[chain];
    size_t side = (walk >= 0) == clockwise;
    const struct geo_feature *other = sides->at[side];
    struct geo_point at = place_of(checker, chain);
    sides->at[side] = feature;
    if (!other)
        return true;
    return err_fail(checker->err, ERR_INPUT, "geo.overlap",
                    "%s and %s: lie on the same side of a border near %.5f, "
                    "%.5f",
                    name_of(checker, other), name_of(checker, feature), at.x,
                    at.y);
}

static bool use_ring(struct checker *checker, const struct geo_feature *feature,
                     size_t ring)
{
    const struct geo_outline *outline = &feature->outlines[ring];
    bool clockwise = (ring_area2(outline) < 0) != outline->hole;
    for (size_t i = 0; i < feature->rings[ring].count; i++) {
        if (!use_arc(checker, feature, feature->rings[ring].arcs[i], clockwise))
            return false;
    }
    return true;
}

static bool find_sides(struct checker *checker)
{
    checker->sides =
        arena_array(checker->arena, checker->topology->chain_count + 1,
                    sizeof *checker->sides);
    for (size_t f = 0; f < checker->source->count; f++) {
        const struct geo_feature *feature = &checker->source->features[f];
        for (size_t r = 0; r < feature->outline_count; r++) {
            if (!use_ring(checker, feature, r))
                return false;
        }
    }
    return true;
}

static const struct geo_feature *user_of(const struct checker *checker,
                                         size_t chain)
{
    const struct sides *sides = &checker->sides[chain];
    return sides->at[0] ? sides->at[0] : sides->at[1];
}

static bool uses(const struct checker *checker,
                 const struct geo_feature *feature, size_t chain)
{
    const struct sides *sides = &checker->sides[chain];
    return sides->at[0] == feature || sides->at[1] == feature;
}

static bool check_crossings(struct checker *checker)
{
    struct geo_crossing found;
    if (!geo_crossing_find(checker->topology, &found))
        return true;
    const struct geo_feature *one = user_of(checker, found.chain[0]);
    const struct geo_feature *two = user_of(checker, found.chain[1]);
    if (uses(checker, one, found.chain[1]))
        return err_fail(checker->err, ERR_INPUT, "geo.crossing",
                        "%s: its border crosses itself near %.5f, %.5f",
                        name_of(checker, one), found.at.x, found.at.y);
    return err_fail(checker->err, ERR_INPUT, "geo.crossing",
                    "%s and %s: their borders cross near %.5f, %.5f",
                    name_of(checker, one), name_of(checker, two), found.at.x,
                    found.at.y);
}

/* --- slivers ------------------------------------------------------------- */

struct width {
    double area2, length; /* metres */
};

static void measure(const struct checker *checker, int32_t walk,
                    struct geo_point home, struct width *width)
{
    const struct geo_chain *chain = &checker->topology->chains[arc_of(walk)];
    double east = metres_per_degree * cos(home.y * acos(-1) / 180);
    double sum = 0;
    for (size_t k = 1; k < chain->count; k++) {
        struct geo_point a =
            checker->topology->vertices[chain->vertices[k - 1]];
        struct geo_point b = checker->topology->vertices[chain->vertices[k]];
        a = (struct geo_point){(a.x - home.x) * east,
                               (a.y - home.y) * metres_per_degree};
        b = (struct geo_point){(b.x - home.x) * east,
                               (b.y - home.y) * metres_per_degree};
        sum += a.x * b.y - b.x * a.y;
        width->length += hypot(b.x - a.x, b.y - a.y);
    }
    width->area2 += walk < 0 ? -sum : sum;
}

/* An end of an arc that has one feature only beside it. */
struct free_end {
    uint32_t from, to;
    int32_t walk;
};

/* A closed path along free arcs, while it is looked for. */
struct loop {
    struct checker *checker;
    struct free_end *ends; /* sorted by where they begin */
    size_t end_count;
    int32_t walks[LOOP_ARCS];
    size_t count;
    uint32_t home;
    size_t found; /* slivers */
    struct text named;
};

static int compare_ends(const void *a, const void *b)
{
    const struct free_end *p = a;
    const struct free_end *q = b;
    if (p->from != q->from)
        return p->from < q->from ? -1 : 1;
    return (p->walk > q->walk) - (p->walk < q->walk);
}

static void list_ends(struct loop *loop)
{
    const struct geo_topology *topology = loop->checker->topology;
    loop->ends = arena_array(loop->checker->arena,
                             2 * topology->chain_count + 1, sizeof *loop->ends);
    for (size_t c = 0; c < topology->chain_count; c++) {
        const struct geo_chain *chain = &topology->chains[c];
        const struct sides *sides = &loop->checker->sides[c];
        uint32_t first = chain->vertices[0];
        uint32_t last = chain->vertices[chain->count - 1];
        if ((sides->at[0] && sides->at[1]) || first == last)
            continue;
        loop->ends[loop->end_count++] =
            (struct free_end){first, last, (int32_t)c};
        loop->ends[loop->end_count++] =
            (struct free_end){last, first, ~(int32_t)c};
    }
    if (loop->end_count > 1)
        qsort(loop->ends, loop->end_count, sizeof *loop->ends, compare_ends);
}

static void weigh_loop(struct loop *loop)
{
    struct checker *checker = loop->checker;
    size_t first = arc_of(loop->walks[0]);
    const struct geo_feature *one = user_of(checker, first);
    const struct geo_feature *two = NULL;
    struct width width = {0, 0};
    struct geo_point at = place_of(checker, first);
    for (size_t i = 0; i < loop->count; i++) {
        const struct geo_feature *user =
            user_of(checker, arc_of(loop->walks[i]));
        measure(checker, loop->walks[i], at, &width);
        if (user != one)
            two = user;
    }
    double width_m = fabs(width.area2) / width.length;
    if (!two || width_m >= sliver_width_m || loop->found++ >= SLIVERS_NAMED)
        return;
    text_format(&loop->named, "; %s and %s, %.1f m wide near %.5f, %.5f",
                name_of(checker, one), name_of(checker, two), width_m, at.x,
                at.y);
}

/* Goes on from a vertex, along arcs of higher numbers than the first: so each
 * loop is met in two directions, of which one counts. */
static void walk_loop(struct loop *loop, uint32_t vertex)
{
    if (vertex == loop->home) {
        if (loop->count == 2 ||
            arc_of(loop->walks[1]) < arc_of(loop->walks[loop->count - 1]))
            weigh_loop(loop);
        return;
    }
    size_t low = 0;
    size_t high = loop->end_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (loop->ends[middle].from < vertex)
            low = middle + 1;
        else
            high = middle;
    }
    for (; loop->count < LOOP_ARCS && low < loop->end_count &&
           loop->ends[low].from == vertex;
         low++) {
        size_t chain = arc_of(loop->ends[low].walk);
        if (chain <= arc_of(loop->walks[0]) ||
            chain == arc_of(loop->walks[loop->count - 1]))
            continue;
        loop->walks[loop->count++] = loop->ends[low].walk;
        walk_loop(loop, loop->ends[low].to);
        loop->count--;
    }
}

/* Short loops along arcs that have one feature only beside them, of several
 * features, that have nearly no width. */
static bool check_slivers(struct checker *checker)
{
    struct loop loop = {.checker = checker, .named = text_new(checker->arena)};
    list_ends(&loop);
    for (size_t e = 0; e < loop.end_count; e++) {
        if (loop.ends[e].walk < 0)
            continue;
        loop.walks[0] = loop.ends[e].walk;
        loop.count = 1;
        loop.home = loop.ends[e].from;
        walk_loop(&loop, loop.ends[e].to);
    }
    return loop.found == 0 ||
           err_fail(checker->err, ERR_INPUT, "geo.sliver",
                    "slivers between borders that should be one: %zu%s",
                    loop.found, loop.named.at);
}

static bool check_strips(struct checker *checker)
{
    size_t count = checker->topology->chain_count;
    const struct geo_feature **owners =
        arena_array(checker->arena, count, sizeof(struct geo_feature *));
    for (size_t c = 0; c < count; c++) {
        const struct sides *sides = &checker->sides[c];
        if (!sides->at[0] || !sides->at[1])
            owners[c] = sides->at[0] ? sides->at[0] : sides->at[1];
    }
    return geo_check_strips(checker->arena, checker->topology, owners,
                            checker->err);
}

bool geo_check(struct arena *arena, const struct geo_source *source,
               const struct geo_topology *topology, struct text *report,
               struct err *err)
{
    struct checker checker = {.arena = arena,
                              .source = source,
                              .topology = topology,
                              .report = report,
                              .err = err};
    if (!find_sides(&checker) || !check_crossings(&checker))
        return false;
    for (size_t f = 0; f < source->count; f++) {
        if (!check_feature(&checker, &source->features[f]))
            return false;
    }
    return check_slivers(&checker) && check_strips(&checker);
}
