/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/frequency.h"

#include "base/text.h"

static const struct {
    const char *name, *code, *key;
} known[FREQUENCY_COUNT] = {
    [FREQUENCY_UNSAID] = {"", "", ""},
    [FREQUENCY_MONTHLY] = {"monthly", "MONTHLY", "frequency.monthly"},
    [FREQUENCY_QUARTERLY] = {"quarterly", "QUARTERLY", "frequency.quarterly"},
    [FREQUENCY_SEMIANNUAL] = {"semiannual", "ANNUAL_2", "frequency.semiannual"},
    [FREQUENCY_ANNUAL] = {"annual", "ANNUAL", "frequency.annual"},
    [FREQUENCY_BIENNIAL] = {"biennial", "BIENNIAL", "frequency.biennial"},
    [FREQUENCY_IRREGULAR] = {"irregular", "IRREG", "frequency.irregular"},
    [FREQUENCY_NEVER] = {"never", "NEVER", "frequency.never"},
};

const char *frequency_name(enum frequency frequency)
{
    assert(frequency < FREQUENCY_COUNT);
    return known[frequency].name;
}

bool frequency_parse(const char *name, enum frequency *out)
{
    for (enum frequency f = 0; f < FREQUENCY_COUNT; f++) {
        if (text_same(known[f].name, name)) {
            *out = f;
            return true;
        }
    }
    return false;
}

const char *frequency_code(enum frequency frequency)
{
    assert(frequency < FREQUENCY_COUNT);
    return known[frequency].code;
}

const char *frequency_words(enum lang lang, enum frequency frequency)
{
    assert(frequency < FREQUENCY_COUNT);
    return frequency == FREQUENCY_UNSAID
               ? ""
               : locale_text(lang, known[frequency].key);
}
