/* SPDX-License-Identifier: EUPL-1.2 */
/* The links of a Markdown file to ids of its document. */
#include <string.h>

#include "page/structure.h"
#include "script/proofread_impl.h"

static void add_link(struct proofreading *out,
                     const struct markdown_source *source, enum lang lang,
                     const char *words, const char *id)
{
    int line = source->above + 1;
    const char *found = strstr(source->text, words);
    for (const char *at = source->text; found != NULL && at < found; at++)
        line += *at == '\n';
    out->links = arena_grow(out->arena, out->links, out->link_count,
                            &out->link_capacity, sizeof *out->links);
    out->links[out->link_count++] = (struct prose_link){
        .file = source->file,
        .line = line,
        .lang = lang,
        .words = words,
        .id = id,
    };
}

/* Where "@fig:x" leads: to the anchor of a figure, table or heading; "" for
 * what is no id, and for one that a value is filled into. */
static const char *anchor_of(struct arena *arena, const char *mark)
{
    static const struct {
        const char *mark, *anchor;
    } kinds[] = {{"@fig:", "fig-"}, {"@tab:", "tab-"}, {"@sec:", ""},
                 {"@Fig:", "fig-"}, {"@Tab:", "tab-"}, {"@Sec:", ""}};
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        if (text_starts(mark, kinds[k].mark) && strchr(mark, '{') == NULL)
            return arena_format(arena, "%s%s", kinds[k].anchor,
                                mark + strlen(kinds[k].mark));
    }
    return "";
}

static void take_marks(struct proofreading *out,
                       const struct markdown_source *source, enum lang lang,
                       const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        size_t size = structure_mark_size(at);
        if (size == 0)
            continue;
        const char *mark = arena_slice(out->arena, at + 1, size - 2);
        const char *id = anchor_of(out->arena, mark);
        if (id[0] != '\0')
            add_link(out, source, lang, mark, id);
        at += size - 1;
    }
}

static void take_line(struct proofreading *out,
                      const struct markdown_source *source, enum lang lang,
                      const struct markdown_line *line)
{
    for (size_t r = 0; r < line->count; r++) {
        const struct run *run = &line->run[r];
        if (run->href[0] == '#' && strchr(run->href, '{') == NULL)
            add_link(out, source, lang, run->href, run->href + 1);
        take_marks(out, source, lang, run->text);
    }
}

void proofread_links(struct proofreader *reader, enum lang lang,
                     const struct markdown_source *source,
                     const struct markdown_tree *tree)
{
    struct proofreading *out = reader->out;
    for (size_t p = 0; p < tree->count; p++) {
        const struct markdown_piece *piece = &tree->pieces[p];
        take_line(out, source, lang, &piece->text);
        for (size_t i = 0; i < piece->item_count; i++)
            take_line(out, source, lang, &piece->items[i].text);
    }
    for (size_t n = 0; n < tree->note_count; n++)
        take_line(out, source, lang, &tree->notes[n].text);
}
