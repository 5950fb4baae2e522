/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/site_words.h"

#include <lauxlib.h>

#include "script/field.h"

const struct site_words *site_words_find(const struct page *page,
                                         const char *code)
{
    for (size_t s = 0; s < page->site_count; s++) {
        if (text_same(page->sites[s].code, code))
            return &page->sites[s];
    }
    return NULL;
}

/* doc:name_sites(list): how sentences name the sites, a list of {code, of,
 * new, by, the} in the language of the document */
int l_name_sites(lua_State *L)
{
    static const char *const names[] = {"code", "of", "new", "by", "the", NULL};
    struct page *page = page_of(L);
    lua_settop(L, 2);
    field_table(L, 2, "name_sites");
    size_t count = lua_rawlen(L, 2);
    sandbox_charge(L, count * sizeof(struct site_words));
    struct site_words *list = arena_array(page->open, count + 1, sizeof *list);
    for (size_t s = 0; s < count; s++) {
        lua_rawgeti(L, 2, (lua_Integer)s + 1);
        field_table(L, 3, "name_sites");
        field_known(L, 3, "name_sites", names, false);
        list[s] = (struct site_words){
            .code = field_text(L, 3, "code", NULL),
            .of = words_typeset(page, field_text(L, 3, "of", NULL)),
            .new_cases = words_typeset(page, field_text(L, 3, "new", NULL)),
            .by = words_typeset(page, field_text(L, 3, "by", NULL)),
            .the = words_typeset(page, field_text(L, 3, "the", NULL)),
        };
        lua_settop(L, 2);
    }
    page->sites = list;
    page->site_count = count;
    return 0;
}
