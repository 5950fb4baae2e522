/* SPDX-License-Identifier: EUPL-1.2 */
/* Blocks that the structure of the whole document fills: global functions of
 * page(). */
#include <lauxlib.h>
#include <string.h>

#include "base/fs.h"
#include "page/structure.h"
#include "script/field.h"
#include "script/page.h"

#define DEPTH_MOST 4

/* contents{numbered = levels}: 0 to 4 levels of headings have numbers */
static int l_contents(lua_State *L)
{
    static const char *const fields[] = {"numbered", NULL};
    lua_Integer numbered = 0;
    lua_settop(L, 1);
    if (!lua_isnil(L, 1)) {
        field_table(L, 1, "contents");
        field_known(L, 1, "contents", fields, false);
        numbered = field_integer(L, 1, "numbered", 0);
        if (numbered < 0 || numbered > DEPTH_MOST)
            return luaL_error(L, "contents: 'numbered': expected 0 to %d",
                              DEPTH_MOST);
    }
    push_block(L, BLOCK_CONTENTS)->level = (int)numbered;
    return 1;
}

static int l_list_of_figures(lua_State *L)
{
    push_block(L, BLOCK_FIGURES);
    return 1;
}

static int l_list_of_tables(lua_State *L)
{
    push_block(L, BLOCK_TABLES);
    return 1;
}

/* abbreviations(): those that the document uses */
static int l_abbreviations(lua_State *L)
{
    push_block(L, BLOCK_ABBREVIATIONS);
    return 1;
}

/* bibliography(): the publications that the document cites */
static int l_bibliography(lua_State *L)
{
    push_block(L, BLOCK_BIBLIOGRAPHY);
    return 1;
}

static int l_index(lua_State *L)
{
    push_block(L, BLOCK_INDEX);
    return 1;
}

/* glossary(prose("glossary")): a list whose items begin with a term in bold */
static int l_glossary(lua_State *L)
{
    lua_settop(L, 1);
    field_table(L, 1, "glossary");
    lua_rawgeti(L, 1, 1);
    const struct block *list = test_block(L, -1);
    if (!list || list->kind != BLOCK_LIST || lua_rawlen(L, 1) != 1)
        return luaL_error(L, "glossary: expected the one list of a prose file");
    for (size_t i = 0; i < list->item_count; i++) {
        const struct runs *item = &list->items[i];
        if (item->count == 0 || (item->run[0].style & RUN_BOLD) == 0)
            return luaL_error(L,
                              "glossary: item %d does not begin with a term "
                              "in bold",
                              (int)i + 1);
    }
    struct block *block = push_block(L, BLOCK_GLOSSARY);
    block->items = list->items;
    block->item_count = list->item_count;
    return 1;
}

void register_structure(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"contents", l_contents},
        {"list_of_figures", l_list_of_figures},
        {"list_of_tables", l_list_of_tables},
        {"glossary", l_glossary},
        {"abbreviations", l_abbreviations},
        {"bibliography", l_bibliography},
        {"index", l_index},
        {NULL, NULL},
    };
    lua_pushglobaltable(L);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}

bool structure_of_page(struct page *page, struct err *err)
{
    struct document *document = page->document;
    struct lexicon lexicon = {0};
    const char *prose =
        fs_join(page->open, page->job->project->directory, "templates/prose");
    const char *own = fs_join(page->open, prose, lang_code(page->lang));
    document->blocks = page->blocks;
    document->block_count = page->block_count;
    if (!lexicon_read_abbreviations(
            page->open, fs_join(page->open, own, "abbreviations.csv"), &lexicon,
            err) ||
        !lexicon_read_publications(
            page->open, fs_join(page->open, prose, "bibliography.csv"),
            &lexicon, err) ||
        !structure_resolve(page->open, &lexicon, document, err) ||
        !structure_has_content(page->open, document, err))
        return false;
    page->blocks =
        arena_array(page->open, page->block_count, sizeof *page->blocks);
    memcpy(page->blocks, document->blocks,
           page->block_count * sizeof *page->blocks);
    return true;
}
