/* SPDX-License-Identifier: EUPL-1.2 */
/* Values that are classes, and their words; those of statistics and units. */
#include <string.h>

#include "base/text.h"
#include "model/locale.h"

static const struct {
    const char *unit;
    int value;
    const char *words[LANG_COUNT];
} classes[] = {
    {"evidence", 0, {"pas de variation démontrée", "no variation is shown"}},
    {"evidence",
     1,
     {"preuve faible d’une variation", "weak evidence of variation"}},
    {"evidence",
     2,
     {"preuve modérée d’une variation", "moderate evidence of variation"}},
    {"evidence",
     3,
     {"preuve forte d’une variation", "strong evidence of variation"}},
    {"grade", GRADE_A_PLUS_PLUS, {"A++", "A++"}},
    {"grade", GRADE_A_PLUS, {"A+", "A+"}},
    {"grade", GRADE_B, {"B\u2212\u2212", "B\u2212\u2212"}},
    {"position", -2, {"sous la limite à 99,8\u00a0%", "below the 99.8% limit"}},
    {"position", -1, {"sous la limite à 95\u00a0%", "below the 95% limit"}},
    {"position", 0, {"entre les limites", "within the limits"}},
    {"position",
     1,
     {"au-dessus de la limite à 95\u00a0%", "above the 95% limit"}},
    {"position",
     2,
     {"au-dessus de la limite à 99,8\u00a0%", "above the 99.8% limit"}},
};

bool grade_parse(const char *text, enum grade *out)
{
    static const char *const grades[] = {
        [GRADE_NONE] = "",
        [GRADE_A_PLUS_PLUS] = "A++",
        [GRADE_A_PLUS] = "A+",
        [GRADE_B] = "B--",
    };
    for (size_t g = 0; g < COUNT_OF(grades); g++) {
        if (text_same(grades[g], text)) {
            *out = (enum grade)g;
            return true;
        }
    }
    return false;
}

bool class_at(size_t number, const char **unit, int *value)
{
    if (number >= COUNT_OF(classes))
        return false;
    *unit = classes[number].unit;
    *value = classes[number].value;
    return true;
}

const char *class_words(enum lang lang, const char *unit, double value)
{
    for (size_t c = 0; c < COUNT_OF(classes); c++) {
        if (text_same(classes[c].unit, unit) &&
            (double)classes[c].value == value)
            return classes[c].words[lang];
    }
    return NULL;
}

bool class_is_unit(const char *unit)
{
    bool found = false;
    for (size_t c = 0; c < COUNT_OF(classes) && !found; c++)
        found = text_same(classes[c].unit, unit);
    return found;
}

/* --- statistics and units ------------------------------------------------- */

/* "joinpoint_start_2" is the second of its kind. */
const char *statistic_heading(struct arena *arena, enum lang lang,
                              const char *id)
{
    const char *number = strrchr(id, '_');
    bool one = number != NULL && strlen(number) == 2 && number[1] >= '1' &&
               number[1] <= '9';
    if (!one)
        return locale_text(lang, arena_format(arena, "statistic.%s", id));
    return locale_fill(
        arena, lang,
        arena_format(arena, "statistic.%.*s", (int)(number - id), id), "number",
        number + 1, NULL);
}

static const struct {
    const char *unit, *key, *key_short;
} units[] = {
    {"per_100000", "unit.per_100000", "unit.per_100000.short"},
    {"percent", "unit.percent", "unit.percent"},
    {"person_years", "unit.person_years", "unit.person_years"},
    {"per_thousand", "unit.per_thousand", "unit.per_thousand"},
    {"percent_per_year", "unit.percent_per_year", "unit.percent_per_year"},
    {"ratio", "unit.ratio", ""},
    {"rank", "unit.rank", ""},
    {"index", "unit.index", ""},
    {"joins", "unit.joins", ""},
    {"year", "unit.year", ""},
    {"position", "unit.position", ""},
    {"evidence", "unit.evidence", ""},
    {"grade", "unit.grade", ""},
    {"points", "unit.points", "unit.points"},
    {"years", "unit.years", "unit.years"},
    {"months", "unit.months", "unit.months"},
    {"days", "unit.days", "unit.days"},
    {"cases", "unit.cases", ""},
    {"deaths", "unit.deaths", ""},
    {"persons", "unit.persons", ""},
    {"events", "unit.events", ""},
    {"stays", "unit.stays", ""},
};

const char *unit_code(const char *unit)
{
    if (text_same(unit, "%"))
        return "percent";
    return text_same(unit, "% a year") ? "percent_per_year" : unit;
}

const char *unit_words(enum lang lang, const char *unit)
{
    for (size_t u = 0; u < COUNT_OF(units); u++) {
        if (text_same(units[u].unit, unit))
            return locale_text(lang, units[u].key);
    }
    return unit;
}

const char *unit_words_short(enum lang lang, const char *unit)
{
    for (size_t u = 0; u < COUNT_OF(units); u++) {
        if (!text_same(units[u].unit, unit))
            continue;
        const char *key = units[u].key_short;
        return key[0] == '\0' ? "" : locale_text(lang, key);
    }
    return unit;
}
