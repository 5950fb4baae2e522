/* SPDX-License-Identifier: EUPL-1.2 */
/* Values that are classes, and their words. */
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
