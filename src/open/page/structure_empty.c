/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/structure.h"

static bool has_words(const struct runs *runs)
{
    for (size_t r = 0; r < runs->count; r++) {
        if (runs->run[r].text[0] != '\0' || runs->run[r].note != NULL)
            return true;
    }
    return false;
}

/* What the block prints below a heading. */
static bool prints(const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
    case BLOCK_PAGE_BREAK:
    case BLOCK_SECTION: /* begins; its blocks follow */
        return false;
    case BLOCK_PARAGRAPH:
    case BLOCK_NOTE:
        return has_words(&block->text);
    case BLOCK_LIST:
    case BLOCK_LISTING:
    case BLOCK_GLOSSARY:
    case BLOCK_ABBREVIATIONS:
    case BLOCK_BIBLIOGRAPHY:
        return block->item_count > 0;
    case BLOCK_INDEX:
        return block->entry_count > 0;
    case BLOCK_KEY_FIGURES:
        return block->figure_count > 0;
    case BLOCK_COVER:
    case BLOCK_CONTENTS:
    case BLOCK_FIGURES:
    case BLOCK_TABLES:
    case BLOCK_TABLE:
    case BLOCK_FIGURE:
    case BLOCK_COLUMNS:
        return true;
    }
    return true;
}

/* The first heading that nothing follows, NULL none. */
static const struct block *find_bare(const struct document *document)
{
    const struct block *open = NULL;
    for (size_t b = 0; b < document->block_count; b++) {
        const struct block *block = &document->blocks[b];
        if (block->kind == BLOCK_HEADING) {
            if (open != NULL && open->level >= block->level)
                return open;
            open = block;
        } else if (prints(block)) {
            open = NULL;
        }
    }
    return open;
}

bool structure_has_content(struct arena *arena, const struct document *document,
                           struct err *err)
{
    const struct block *bare = find_bare(document);
    if (bare == NULL)
        return true;
    const char *where = bare->text.count > 0 ? bare->text.run[0].where : NULL;
    return err_fail(err, ERR_SCRIPT, "page.empty",
                    "%s: the heading '%s' has nothing under it",
                    where != NULL ? where : "text",
                    structure_title(arena, document->lang, bare));
}
