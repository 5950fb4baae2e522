/* SPDX-License-Identifier: EUPL-1.2 */
/* page_fixture.h - a page() whose body a test gives, over two tables. */
#ifndef PAGE_FIXTURE_H
#define PAGE_FIXTURE_H

#include "edition_fixture.h"

static const char standards_lua[] =
    "return {{code = 'world', label = {fr = 'Monde', en = 'World'},\n"
    "total = 100, bands = {{0, 49, 60}, {50, -1, 40}}}}";

static const char plan_lua[] =
    "local function plan(p)\n"
    "  p.table {id = 'sites', title = {fr = 'Cas par site', en = 'Cases'},\n"
    "    measure = 'cases', person_years = 'population', territory = 'all',\n"
    "    site = {'all', 'code:POU', 'code:PRO'}, sex = {'T', 'M', 'F'},\n"
    "    period = 'last:5', open_data = true,\n"
    "    values = {'count', {kind = 'standardised_rate',\n"
    "      standard = 'world', interval = true}}}\n"
    "  p.table {id = 'years', title = 'Par an', measure = 'cases',\n"
    "    person_years = 'population', sex = {'T', 'M', 'F'},\n"
    "    period = 'each:last:5', values = {{kind = 'crude_rate',\n"
    "      interval = true}}} ";

struct paging {
    struct script_fixture fixture;
    struct project *project;
    struct plan *plan;
    const struct edition *edition;
    struct fonts *fonts;
    struct document *document;
    enum lang lang;
    size_t chapter;
    const char *level, *code;
    const char *more; /* of the plan, on its last line; "" */
    void (*edit)(const struct edition *edition); /* other values; NULL */
};

static inline struct paging paging_new(void)
{
    struct paging paging = {.fixture = script_fixture(),
                            .level = "region",
                            .code = "53",
                            .more = ""};
    struct script_fixture *fixture = &paging.fixture;
    script_file(fixture, "panorama.lua", PANORAMA_LUA(POLICY_LUA));
    script_file(fixture, "lua-scripts/lib/standards.lua", standards_lua);
    return paging;
}

static inline void paging_end(struct paging *paging)
{
    fonts_close(paging->fonts);
    script_fixture_end(&paging->fixture);
}

/* Makes the page whose body is given; fixture.err says why it failed. */
static inline bool make(struct paging *paging, enum fixture_cells cells,
                        const char *body)
{
    struct script_fixture *fixture = &paging->fixture;
    struct err *err = &fixture->err;
    *err = (struct err){0};
    script_file(
        fixture, "report.lua",
        arena_format(fixture->arena,
                     "%s%s\nend\nreturn {id = 'essai', title = {fr = 'Profil', "
                     "en = 'Profile'},\nformats = {'html'}, plan = plan,\n"
                     "page = function(doc)\nlocal t = doc:table('sites')\n%s\n"
                     "end}",
                     plan_lua, paging->more, body));
    if (!script_project(fixture->arena, fixture->directory, &paging->project,
                        err) ||
        !script_plan(fixture->arena, paging->project, NULL, 0, &paging->plan,
                     err))
        return false;
    paging->edition =
        fixture_edition(fixture->arena, paging->project, paging->plan, cells);
    if (paging->edit)
        paging->edit(paging->edition);
    if (!paging->fonts &&
        !fonts_open(fixture->arena, NULL, &paging->fonts, err))
        return false;
    const struct dimension *places =
        &paging->edition->codes->dims[DIM_TERRITORY];
    struct page_job job = {.project = paging->project,
                           .edition = paging->edition,
                           .report = &paging->edition->reports[0],
                           .lang = paging->lang,
                           .fonts = paging->fonts,
                           .chapter = paging->chapter};
    if (paging->level)
        job.territory =
            &places->nodes[code_find(places, paging->level, paging->code)];
    return script_page(fixture->arena, &job, &paging->document, err);
}

/* The only block of a page that must succeed. */
static inline const struct block *
only(struct paging *paging, enum fixture_cells cells, const char *body)
{
    if (!make(paging, cells, body))
        CHECK_TEXT(paging->fixture.err.text, "");
    CHECK_INT(paging->document->block_count, 1);
    return &paging->document->blocks[0];
}

static inline const char *joined(struct paging *paging, const struct runs *runs)
{
    struct text out = text_new(paging->fixture.arena);
    for (size_t r = 0; r < runs->count; r++)
        text_add(&out, runs->run[r].text);
    return out.at;
}

static inline void check_text_of(const char *body, enum fixture_cells cells,
                                 enum lang lang, const char *want)
{
    struct paging paging = paging_new();
    paging.lang = lang;
    const struct block *block = only(&paging, cells, body);
    CHECK_TEXT(joined(&paging, &block->text), want);
    paging_end(&paging);
}

/* The body begins at line 17 of the definition; `more` belongs to the plan. */
static inline void check_refused(const char *more, const char *body,
                                 const char *sentence)
{
    struct paging paging = paging_new();
    paging.more = more;
    CHECK(!make(&paging, CELLS_ALL, body));
    CHECK(paging.document == NULL);
    CHECK_INT(paging.fixture.err.code, ERR_SCRIPT);
    const char *want = arena_format(paging.fixture.arena,
                                    "report 'essai', region 53: %s", sentence);
    CHECK_TEXT(paging.fixture.err.text, want);
    paging_end(&paging);
}

static inline void check_fails(const char *body, const char *sentence)
{
    check_refused("", body, sentence);
}

/* The project with the boundaries of the départements; `geo` is its line of
 * panorama.lua, "" none. */
static inline struct paging with_boundaries(const char *geo)
{
    struct paging paging = paging_new();
    struct script_fixture *fixture = &paging.fixture;
    script_file(fixture, "panorama.lua",
                arena_format(fixture->arena,
                             "local p = (function() %s end)()\n"
                             "%s\nreturn p",
                             PANORAMA_LUA(POLICY_LUA), geo));
    static const char *const files[] = {"geo/departement.geo",
                                        "geo/region.geo",
                                        "geo/france.layout.csv",
                                        "geo/france-half-page.layout.csv",
                                        "geo/france-portrait.layout.csv",
                                        "geo/metropole.layout.csv"};
    CHECK(fs_make_directory(fs_join(fixture->arena, fixture->directory, "geo"),
                            &fixture->err));
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        char *bytes = NULL;
        size_t size = 0;
        CHECK(fs_read(fixture->arena, files[f], &bytes, &size, &fixture->err));
        CHECK(fs_write(fs_join(fixture->arena, fixture->directory, files[f]),
                       bytes, size, &fixture->err));
    }
    return paging;
}

#endif
