/* SPDX-License-Identifier: EUPL-1.2 */
/* Which numbers of two releases are the same, as their manifests tell it. */
#include <string.h>

#include "model/project.h"
#include "sdc/released_join.h"

static bool fail_vintage(const char *expected, struct err *err)
{
    return err_fail(err, ERR_INPUT, "release.vintage",
                    "manifest.json: expected %s, to be compared with another "
                    "release",
                    expected);
}

bool released_vintage(struct released_reader *reader, const struct json *root,
                      struct err *err)
{
    struct released_source *source = reader->source;
    source->id = arena_text(reader->closed, json_get_text(root, "id"));
    source->vintage =
        arena_text(reader->closed, json_get_text(root, "vintage"));
    source->extracted =
        arena_text(reader->closed, json_get_text(root, "extracted"));
    if (reader->released->releases == 1)
        return true;
    if (source->id[0] == '\0' || source->vintage[0] == '\0')
        return fail_vintage("an id and a vintage", err);
    for (const struct released_source *other = reader->sources; other < source;
         other++) {
        if (text_same(other->id, source->id))
            return err_fail(err, ERR_INPUT, "release.vintage",
                            "release '%s' is given twice", source->id);
    }
    if (!unrevised_read(reader->closed, json_get(root, "unrevised"),
                        &source->unrevised, &source->unrevised_count))
        return fail_vintage("a list of what is unrevised", err);
    /* Without it no declaration would link anything, and nobody would know. */
    return date_exists(source->extracted) ||
           fail_vintage("a date of extraction", err);
}

static bool covers(const struct unrevised *given,
                   const struct released_years *years)
{
    for (size_t p = 0; p < given->period_count; p++) {
        if (given->periods[p].low <= years->low &&
            years->high <= given->periods[p].high)
            return true;
    }
    return given->period_count == 0;
}

/* A declaration may be of the count or of a proportion of it. */
static bool speaks_of(const struct released_source *source,
                      const struct unrevised *given, const char *measure)
{
    const struct measure *named = code_measure(&source->codes, given->measure);
    return text_same(given->measure, measure) ||
           (named != NULL && text_same(named->numerator, measure));
}

/* `source` declares what it prints of these years the same as what `other`,
 * extracted before it, printed. */
static bool declares(const struct released_source *source,
                     const struct released_source *other, const char *measure,
                     const struct released_years *years)
{
    bool found = false;
    if (strcmp(other->extracted, source->extracted) > 0)
        return false;
    for (size_t u = 0; !found && u < source->unrevised_count; u++) {
        const struct unrevised *given = &source->unrevised[u];
        found = speaks_of(source, given, measure) &&
                strcmp(other->extracted, given->since) >= 0 &&
                covers(given, years);
    }
    return found;
}

bool released_same_numbers(const struct released_source *a,
                           const struct released_source *b, const char *measure,
                           const struct released_years *years)
{
    return text_same(a->vintage, b->vintage) ||
           declares(a, b, measure, years) || declares(b, a, measure, years);
}
