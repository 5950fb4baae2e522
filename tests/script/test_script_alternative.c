/* SPDX-License-Identifier: EUPL-1.2 */
/* What the alternative texts of charts say that their titles do not. */
#include "chart_fixture.h"

/* Heard without the lines around it, a figure tells its site and its sex. */
static void check_subject(const char *kind, const char *title, const char *more)
{
    struct paging paging = paging_new();
    const struct block *block =
        chart(&paging,
              arena_format(paging.fixture.arena,
                           "return doc:chart{title = '%s', table = t, column = "
                           "'asr_world', x = 'territory', series = {{site = "
                           "'POU', sex = 'M', label = 'a'}}}",
                           title));
    const char *alt = scene_alt(block->figure->scene);
    const char *want =
        arena_format(paging.fixture.arena, "%s%s%s", kind, title, more);
    CHECK_TEXT(arena_slice(paging.fixture.arena, alt, strlen(want)), want);
    paging_end(&paging);
}

TEST(alternative_texts_tell_what_titles_do_not)
{
    static const char *const kind =
        "Points et intervalles par ordre de valeur\u00a0: ";
    check_subject(kind, "Taux",
                  " (France\u202f; 2019-2023\u202f; Site POU\u202f; hommes).");
    check_subject(kind, "Site pou, hommes", " (France\u202f; 2019-2023).");
    check_subject(kind, "France, 2019-2023, site pou, hommes", ".");
}

TEST(alternative_texts_tell_where_and_when)
{
    static const struct {
        const char *body, *want;
    } charts[] = {
        {"return doc:chart{title = 'Taux', table = doc:table('years'), column "
         "= 'crude_rate'}",
         "Graphique en courbes\u00a0: Taux (France\u202f; 2019-2023)."},
        {"return doc:chart{title = 'Taux', table = doc:table('groups'), "
         "column = 'crude_rate', x = 'territory', scope = '2019-2023'}",
         "Points et intervalles par ordre de valeur\u00a0: Taux "
         "(France\u202f; 2019-2023)."},
        {"return doc:chart{title = 'Taux', table = t, column = 'asr_world', "
         "x = 'territory', level = 'departement', scope = '2019-2023', series "
         "= {{site = 'POU', sex = 'M', label = 'a'}}}",
         "Points et intervalles par ordre de valeur\u00a0: Taux "
         "(France\u202f; 2019-2023\u202f; Site POU\u202f; hommes)."},
    };
    for (size_t c = 0; c < COUNT_OF(charts); c++) {
        struct paging paging = paging_new();
        const struct block *block = chart(&paging, charts[c].body);
        const char *alt = scene_alt(block->figure->scene);
        CHECK_TEXT(
            arena_slice(paging.fixture.arena, alt, strlen(charts[c].want)),
            charts[c].want);
        paging_end(&paging);
    }
}

RUN(CASE(alternative_texts_tell_what_titles_do_not),
    CASE(alternative_texts_tell_where_and_when))
