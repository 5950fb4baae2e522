/* SPDX-License-Identifier: EUPL-1.2 */
#include <limits.h>
#include <string.h>

#include "base/num.h"
#include "model/plan_impl.h"

/* What a reader of an error may write instead. */
static const char *const expected[DIM_COUNT] = {
    [DIM_TERRITORY] = "'root', 'all', 'level:LEVEL', 'zone:LEVEL' or "
                      "'code:LEVEL/CODE'",
    [DIM_SITE] = "'all', 'group', 'site', 'every' or 'code:CODE'",
    [DIM_SEX] = "'T', 'M' or 'F'",
    [DIM_AGE] = "'T', 'each', 'band:0-14' or 'band:75+'",
    [DIM_PERIOD] = "'2019', '2019-2023', 'each:2004-2023', 'last:5', "
                   "'each:last:20' or 'all'",
    [DIM_STRATUM] = "'T', 'each' or 'code:CODE'",
};

static bool fail_word(struct err *err, enum dim dim, const char *text)
{
    return err_fail(err, ERR_SCRIPT, "plan.word", "%s '%s': expected %s",
                    dim_name(dim), text, expected[dim]);
}

static bool parse_small(const char *text, int *out)
{
    int64_t number;
    if (text[0] == '-' || !num_parse_int64(text, &number) || number > 9999)
        return false;
    *out = (int)number;
    return true;
}

/* "0-14", "75+", "2019-2023", "2019". */
static bool parse_range(struct arena *arena, const char *text, int *low,
                        int *high)
{
    size_t size = strlen(text);
    if (size > 1 && text[size - 1] == '+') {
        *high = -1;
        return parse_small(arena_slice(arena, text, size - 1), low);
    }
    const char *dash = strchr(text, '-');
    if (!dash) {
        bool ok = parse_small(text, low);
        *high = *low;
        return ok;
    }
    return parse_small(arena_slice(arena, text, (size_t)(dash - text)), low) &&
           parse_small(dash + 1, high) && *low <= *high;
}

static bool parse_territory(struct arena *arena, const char *text,
                            struct word *word)
{
    if (text_same(text, "root")) {
        word->kind = WORD_ROOT;
        return true;
    }
    if (text_same(text, "all")) {
        word->kind = WORD_ALL;
        return true;
    }
    if (text_starts(text, "level:") || text_starts(text, "zone:")) {
        word->kind = text[0] == 'l' ? WORD_LEVEL : WORD_ZONE;
        word->level = strchr(text, ':') + 1;
        return word->level[0] != '\0';
    }
    if (!text_starts(text, "code:"))
        return false;
    const char *level = text + strlen("code:");
    const char *slash = strchr(level, '/');
    if (!slash || slash == level || slash[1] == '\0')
        return false;
    word->kind = WORD_CODE;
    word->level = arena_slice(arena, level, (size_t)(slash - level));
    word->code = slash + 1;
    return true;
}

static bool parse_code(const char *text, struct word *word)
{
    if (!text_starts(text, "code:") || text[strlen("code:")] == '\0')
        return false;
    word->kind = WORD_CODE;
    word->code = text + strlen("code:");
    return true;
}

static bool parse_site(const char *text, struct word *word)
{
    if (text_same(text, "every")) {
        word->kind = WORD_EVERY;
        return true;
    }
    if (text_same(text, "all") || text_same(text, "group") ||
        text_same(text, "site")) {
        word->kind = WORD_LEVEL;
        word->level = text;
        return true;
    }
    return parse_code(text, word);
}

static bool parse_sex(const char *text, struct word *word)
{
    if (text_same(text, CODE_TOTAL)) {
        word->kind = WORD_ROOT;
        return true;
    }
    word->kind = WORD_CODE;
    word->code = text;
    return text_same(text, "M") || text_same(text, "F");
}

static bool parse_age(struct arena *arena, const char *text, struct word *word)
{
    if (text_same(text, CODE_TOTAL)) {
        word->kind = WORD_ROOT;
        return true;
    }
    if (text_same(text, "each")) {
        word->kind = WORD_EACH;
        return true;
    }
    word->kind = WORD_BAND;
    return text_starts(text, "band:") &&
           parse_range(arena, text + strlen("band:"), &word->low, &word->high);
}

static bool parse_period(struct arena *arena, const char *text,
                         struct word *word)
{
    if (text_same(text, "all")) {
        word->kind = WORD_ALL;
        return true;
    }
    if (text_starts(text, "last:")) {
        word->kind = WORD_LAST;
        return parse_small(text + strlen("last:"), &word->low) && word->low > 0;
    }
    if (text_starts(text, "each:last:")) {
        word->kind = WORD_EACH_LAST;
        return parse_small(text + strlen("each:last:"), &word->low) &&
               word->low > 0;
    }
    bool each = text_starts(text, "each:");
    word->kind = each ? WORD_EACH_RANGE : WORD_BAND;
    word->code = each ? text + strlen("each:") : text;
    return parse_range(arena, word->code, &word->low, &word->high) &&
           word->high >= 0 && word->low >= 1000;
}

static bool parse_stratum(const char *text, struct word *word)
{
    if (text_same(text, CODE_TOTAL)) {
        word->kind = WORD_ROOT;
        return true;
    }
    if (text_same(text, "each")) {
        word->kind = WORD_EACH;
        return true;
    }
    return parse_code(text, word);
}

static bool parse_word(struct arena *arena, enum dim dim, const char *text,
                       struct word *word)
{
    switch (dim) {
    case DIM_TERRITORY:
        return parse_territory(arena, text, word);
    case DIM_SITE:
        return parse_site(text, word);
    case DIM_SEX:
        return parse_sex(text, word);
    case DIM_AGE:
        return parse_age(arena, text, word);
    case DIM_PERIOD:
        return parse_period(arena, text, word);
    case DIM_STRATUM:
        return parse_stratum(text, word);
    case DIM_COUNT:
        break;
    }
    assert(!"a dimension");
    return false;
}

bool plan_word_parse(struct arena *arena, enum dim dim, const char *text,
                     struct word *out, struct err *err)
{
    struct word word = {.level = "", .code = ""};
    if (!parse_word(arena, dim, text, &word))
        return fail_word(err, dim, text);
    *out = word;
    return true;
}

bool plan_words_check(struct arena *scratch, enum dim dim,
                      const struct selection *selection, struct err *err)
{
    for (size_t w = 0; w < selection->count; w++) {
        struct word word;
        if (!plan_word_parse(scratch, dim, selection->words[w], &word, err))
            return false;
    }
    return true;
}
