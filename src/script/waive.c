/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/waive.h"

#include <lauxlib.h>
#include <string.h>

#include "script/field.h"

static const char *const waive_names[] = {"uncertainty", "source", NULL};

/* One line of a file holds it. */
static void check_reason(lua_State *L, const char *kind, const char *reason)
{
    if (reason[strspn(reason, " \u00a0\u202f")] == '\0')
        field_fail(L, "waive", "waive: %s: expected the reason", kind);
    for (const char *at = reason; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ')
            field_fail(L, "waive", "waive: %s: expected a reason of one line",
                       kind);
    }
}

static void remember(struct page *page, const struct figure_waiver *waiver)
{
    page->waivers = arena_grow(page->open, page->waivers, page->waiver_count,
                               &page->waiver_capacity, sizeof *page->waivers);
    page->waivers[page->waiver_count++] = *waiver;
}

/* The caption's note ends with it. */
static void tell(struct page *page, const struct figure_waiver *waiver,
                 struct caption *caption)
{
    const char *said =
        locale_fill(page->open, page->lang,
                    arena_format(page->open, "chart.waived.%s", waiver->kind),
                    "reason", waiver->reason, NULL);
    const char *parts[] = {caption->note, said};
    bool alone = caption->note[0] == '\0';
    caption->note = text_join(page->open, &parts[alone], alone ? 1 : 2, " ");
}

const char *waive_reason(lua_State *L, const char *kind, const char *figure,
                         struct caption *caption)
{
    struct page *page = page_of(L);
    const char *reason = "";
    if (lua_getfield(L, 2, "waive") != LUA_TNIL) {
        int fields = lua_gettop(L);
        field_table(L, fields, "waive");
        field_known(L, fields, "waive", waive_names, false);
        if (field_given(L, fields, kind)) {
            reason = words_typeset(page, field_text(L, fields, kind, ""));
            check_reason(L, kind, reason);
        }
    }
    lua_pop(L, 1);
    if (reason[0] == '\0')
        return reason;
    const struct figure_waiver waiver = {figure, kind, reason};
    remember(page, &waiver);
    tell(page, &waiver, caption);
    return reason;
}

/* The measures of the store name none, and the script neither. */
static bool has_source(lua_State *L, const struct caption_facts *facts)
{
    if (field_given(L, 2, "source"))
        return field_text(L, 2, "source", "")[0] != '\0';
    for (size_t c = 0; c < facts->column_count; c++) {
        const struct pub_table *table = facts->columns[c].pick.table;
        if (pub_measure(table)->source[0] != '\0')
            return true;
    }
    return false;
}

void waive_check_source(lua_State *L, const char *what,
                        const struct caption_facts *facts,
                        struct caption *caption)
{
    if (has_source(L, facts))
        return;
    if (waive_reason(L, "source", facts->grid->id, caption)[0] == '\0')
        field_fail(L, "source",
                   "source: a %s names where its numbers come from: say "
                   "source = \"...\", or why not: waive = {source = \"...\"}",
                   what);
}
