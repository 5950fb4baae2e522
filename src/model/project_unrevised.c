/* SPDX-License-Identifier: EUPL-1.2 */
/* Which numbers of earlier releases are declared unrevised, as readers are
 * told it. */
#include <stdio.h>

#include "base/json.h"
#include "base/num.h"
#include "model/project.h"

enum {
    LAST_YEAR = 9999,
};

static void write_periods(struct text *out, const struct unrevised *given)
{
    text_add(out, ", \"periods\": [");
    for (size_t p = 0; p < given->period_count; p++)
        text_format(out, "%s\"%d-%d\"", p == 0 ? "" : ", ",
                    given->periods[p].low, given->periods[p].high);
    text_add(out, "]");
}

void unrevised_write(struct text *out, const struct project *project)
{
    text_add(out, "[");
    for (size_t u = 0; u < project->unrevised_count; u++) {
        const struct unrevised *given = &project->unrevised[u];
        text_add(out, u == 0 ? "{\"measure\": " : ", {\"measure\": ");
        text_add_json(out, given->measure);
        if (given->since[0] != '\0') {
            text_add(out, ", \"since\": ");
            text_add_json(out, given->since);
        }
        if (given->period_count > 0)
            write_periods(out, given);
        text_add(out, "}");
    }
    text_add(out, "]");
}

static bool read_year(const char *text, int *out)
{
    int64_t year = 0;
    if (!num_parse_int64(text, &year) || year < 0 || year > LAST_YEAR)
        return false;
    *out = (int)year;
    return true;
}

static bool read_periods(struct arena *arena, const struct json *list,
                         struct unrevised *given)
{
    if (list == NULL)
        return true;
    if (list->kind != JSON_ARRAY || list->count == 0)
        return false;
    given->periods = arena_array(arena, list->count, sizeof *given->periods);
    for (const struct json *word = list->child; word; word = word->next) {
        struct years *years = &given->periods[given->period_count++];
        char **ends = NULL;
        if (word->kind != JSON_TEXT ||
            text_split(arena, word->text, '-', &ends) != 2 ||
            !read_year(ends[0], &years->low) ||
            !read_year(ends[1], &years->high))
            return false;
    }
    return true;
}

bool unrevised_read(struct arena *arena, const struct json *list,
                    struct unrevised **out, size_t *count)
{
    if (list == NULL || list->kind != JSON_ARRAY)
        return false;
    *out = arena_array(arena, list->count, sizeof **out);
    *count = 0;
    for (const struct json *entry = list->child; entry; entry = entry->next) {
        struct unrevised *given = &(*out)[(*count)++];
        *given = (struct unrevised){0}; /* what was there may be a list */
        given->measure = arena_text(arena, json_get_text(entry, "measure"));
        given->since = arena_text(arena, json_get_text(entry, "since"));
        if (given->measure[0] == '\0' ||
            !read_periods(arena, json_get(entry, "periods"), given))
            return false;
    }
    return true;
}
