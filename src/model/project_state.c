/* SPDX-License-Identifier: EUPL-1.2 */
/* How far a release is from its readers, and what they are told of it. */
#include "model/project_impl.h"

#include <string.h>

#include "model/locale.h"

enum {
    DAY_SIZE = 10,    /* YYYY-MM-DD */
    MOMENT_SIZE = 16, /* YYYY-MM-DD HH:MM */
};

static const char *const names[STATE_COUNT] = {
    [STATE_PUBLIC] = "public",
    [STATE_DRAFT] = "draft",
    [STATE_REVIEW] = "review",
    [STATE_EMBARGO] = "embargo",
};

const char *state_name(enum project_state state)
{
    return names[state];
}

bool state_parse(const char *name, enum project_state *out)
{
    for (int s = 0; s < STATE_COUNT; s++) {
        if (text_same(names[s], name)) {
            *out = (enum project_state)s;
            return true;
        }
    }
    return false;
}

bool state_replaceable(enum project_state state)
{
    return state == STATE_DRAFT || state == STATE_REVIEW;
}

/* Two digits below `limit`. */
static bool parse_pair(const char *text, int limit, int *out)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return false;
    *out = (text[0] - '0') * 10 + (text[1] - '0');
    return *out < limit;
}

/* "2027-02-04 10:00"; writes the day into `day`. */
static bool parse_moment(const char *text, char day[DAY_SIZE + 1], int *hour,
                         int *minute)
{
    if (strlen(text) != MOMENT_SIZE || text[DAY_SIZE] != ' ' ||
        text[DAY_SIZE + 3] != ':')
        return false;
    memcpy(day, text, DAY_SIZE);
    day[DAY_SIZE] = '\0';
    return date_exists(day) && parse_pair(text + DAY_SIZE + 1, 24, hour) &&
           parse_pair(text + DAY_SIZE + 4, 60, minute);
}

bool project_check_state(const struct project *project, struct err *err)
{
    char day[DAY_SIZE + 1];
    int hour, minute;
    if (project->state != STATE_EMBARGO)
        return project->embargo[0] == '\0' ||
               err_fail(err, ERR_SCRIPT, "project.embargo",
                        "embargo: expected state = 'embargo', found '%s'",
                        state_name(project->state));
    if (parse_moment(project->embargo, day, &hour, &minute))
        return true;
    return err_fail(err, ERR_SCRIPT, "project.embargo",
                    "embargo: expected a date and an hour 'YYYY-MM-DD HH:MM', "
                    "found '%s'",
                    project->embargo);
}

/* "4 février 2027, 10 h" / "4 February 2027, 10:00". */
static const char *moment_words(struct arena *arena, enum lang lang,
                                const char *moment)
{
    char day[DAY_SIZE + 1];
    int hour = 0, minute = 0;
    bool known = parse_moment(moment, day, &hour, &minute);
    assert(known); /* project_check */
    (void)known;
    const char *date = date_format(arena, lang, day);
    if (lang == LANG_EN)
        return arena_format(arena, "%s, %d:%02d", date, hour, minute);
    if (minute == 0)
        return arena_format(arena, "%s, %d\u00a0h", date, hour);
    return arena_format(arena, "%s, %d\u00a0h\u00a0%02d", date, hour, minute);
}

const char *state_words(struct arena *arena, enum lang lang,
                        const struct project *project)
{
    switch (project->state) {
    case STATE_DRAFT:
        return locale_text(lang, "document.draft");
    case STATE_REVIEW:
        return locale_text(lang, "document.review");
    case STATE_EMBARGO:
        return locale_fill(arena, lang, "document.embargo", "moment",
                           moment_words(arena, lang, project->embargo), NULL);
    case STATE_PUBLIC:
    case STATE_COUNT:
        break;
    }
    return "";
}
