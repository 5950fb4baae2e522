/* SPDX-License-Identifier: EUPL-1.2 */
/* Which measures a rule is about, and for which of their sources. */
#include <string.h>

#include "sdc/rule_impl.h"

enum {
    SOURCE_LIMIT = 64, /* of one measure */
};

/* The next source of a measure's text, spaces around it left out. */
static bool next_source(const char **at, const char **from, size_t *size)
{
    if (*at == NULL)
        return false;
    const char *end = *at + strcspn(*at, ";");
    *from = *at + strspn(*at, " ");
    *at = *end == '\0' ? NULL : end + 1;
    while (end > *from && end[-1] == ' ')
        end--;
    *size = end > *from ? (size_t)(end - *from) : 0;
    return true;
}

static const char *source_text(const struct codes *codes, const char *code)
{
    const struct measure *measure = code_measure(codes, code);
    return measure == NULL ? "" : measure->source;
}

static bool lists_source(const struct selection *sources, const char *from,
                         size_t size)
{
    for (size_t s = 0; s < sources->count; s++) {
        if (strlen(sources->words[s]) == size &&
            memcmp(sources->words[s], from, size) == 0)
            return true;
    }
    return sources->count == 0;
}

static bool is_measure(const struct codes *codes, const char *word,
                       const char *code)
{
    const struct measure *measure = code_measure(codes, word);
    return text_same(word, code) ||
           (measure != NULL && measure->kind == MEASURE_PROPORTION &&
            text_same(measure->numerator, code));
}

bool rule_sources_find(const struct codes *codes,
                       const struct rule_cells *cells, const char *code,
                       uint64_t *covered, uint64_t *all, struct err *err)
{
    bool named = cells->measures.count == 0;
    for (size_t m = 0; !named && m < cells->measures.count; m++)
        named = is_measure(codes, cells->measures.words[m], code);
    const char *at = source_text(codes, code), *from;
    size_t size, source = 0;
    *covered = *all = 0;
    while (next_source(&at, &from, &size)) {
        if (source == SOURCE_LIMIT)
            return err_fail(err, ERR_DISCLOSURE, "sdc.universe",
                            "measure '%s' has more than %d sources", code,
                            SOURCE_LIMIT);
        rule_set_bit(all, source);
        if (named && lists_source(&cells->sources, from, size))
            rule_set_bit(covered, source);
        source++;
    }
    return true;
}

bool rule_sources_meet(const char *one, const char *other)
{
    const char *at = one, *from, *within;
    size_t size, other_size;
    while (next_source(&at, &from, &size)) {
        const char *beside = other;
        while (next_source(&beside, &within, &other_size)) {
            if (size == other_size && memcmp(from, within, size) == 0)
                return true;
        }
    }
    return false;
}

static bool source_known(const struct codes *codes, const char *word)
{
    struct selection one = {&word, 1};
    for (size_t m = 0; m < codes->measure_count; m++) {
        const char *at = codes->measures[m].source, *from;
        size_t size;
        while (next_source(&at, &from, &size)) {
            if (lists_source(&one, from, size))
                return true;
        }
    }
    return false;
}

bool rule_sources_check(const struct codes *codes,
                        const struct rule_cells *cells, struct err *err)
{
    for (size_t m = 0; m < cells->measures.count; m++) {
        const char *code = cells->measures.words[m];
        if (code_measure(codes, code) == NULL)
            return code_no_measure(codes, code, "rule.measure", err) ||
                   err_wrap(err, "measures");
    }
    for (size_t s = 0; s < cells->sources.count; s++) {
        if (!source_known(codes, cells->sources.words[s]))
            return err_fail(err, ERR_SCRIPT, "rule.source",
                            "sources: no measure of the store has the source "
                            "'%s'",
                            cells->sources.words[s]);
    }
    return true;
}
