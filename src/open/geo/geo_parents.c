/* SPDX-License-Identifier: EUPL-1.2 */
/* The parents to which features are dissolved, and their names. */
#include <string.h>

#include "base/csv.h"
#include "base/map.h"
#include "geo/geo_impl.h"

struct names {
    struct map *places; /* code -> place in labels */
    const char **labels;
    size_t count, capacity;
};

/* The first column is the code, the second its name. */
static bool read_name(struct arena *arena, const struct csv *csv,
                      struct names *names, struct err *err)
{
    const char *code = csv_field(csv, 0);
    if (!map_put(names->places, code, strlen(code), (int)names->count))
        return err_fail(err, ERR_INPUT, "geo.parent",
                        "%s:%zu: parent '%s' appears twice", csv_path(csv),
                        csv_line(csv), code);
    names->labels = arena_grow(arena, names->labels, names->count,
                               &names->capacity, sizeof *names->labels);
    names->labels[names->count++] = arena_text(arena, csv_field(csv, 1));
    return true;
}

static bool read_names(struct arena *arena, const char *path,
                       struct names *names, struct err *err)
{
    struct csv *csv = NULL;
    bool more = true;
    bool ok = csv_open(arena, path, &csv, err);
    if (ok && csv_columns(csv) < 2)
        ok = err_fail(err, ERR_INPUT, "geo.column",
                      "%s: expected the columns code and label", path);
    while (ok && (ok = csv_next(csv, &more, err)) && more)
        ok = read_name(arena, csv, names, err);
    csv_close(csv);
    return ok;
}

static bool name_parent(const struct names *names, const char *path,
                        struct geo_feature *feature, struct err *err)
{
    int place =
        map_get(names->places, feature->parent, strlen(feature->parent));
    if (place < 0 && *path != '\0')
        return err_fail(err, ERR_INPUT, "geo.parent",
                        "%s: no parent '%s', which feature %zu '%s' has", path,
                        feature->parent, feature->number, feature->code);
    if (place >= 0 && names->labels)
        feature->parent_label = names->labels[place];
    else if (*feature->parent_label == '\0')
        feature->parent_label = feature->parent;
    return true;
}

bool geo_parents_apply(struct arena *arena, const struct geo_import *job,
                       struct geo_source *source, struct text *report,
                       struct err *err)
{
    struct names names = {.places = map_new(arena)};
    size_t with = 0;
    if (*job->parents != '\0' && !read_names(arena, job->parents, &names, err))
        return false;
    for (size_t f = 0; f < source->count; f++) {
        struct geo_feature *feature = &source->features[f];
        if (*feature->parent == '\0') {
            text_format(report, "feature without parent: %s\n", feature->code);
            continue;
        }
        if (!name_parent(&names, job->parents, feature, err))
            return false;
        with++;
    }
    return with > 0 ||
           err_fail(err, ERR_INPUT, "geo.parent",
                    "%s: no feature has a parent to dissolve to", job->input);
}
