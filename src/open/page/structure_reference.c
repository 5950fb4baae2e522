/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/structure_impl.h"

#include <ctype.h>
#include <string.h>

static const struct {
    const char *name;
    const char *noun; /* for messages */
} kinds[] = {
    [TARGET_FIGURE] = {"fig", "figure"},
    [TARGET_TABLE] = {"tab", "table"},
    [TARGET_SECTION] = {"sec", "heading"},
};

/* --- targets -------------------------------------------------------------- */

static void add_target(struct structure *structure, enum target_kind kind,
                       const char *id, const struct block *block)
{
    if (id == NULL || id[0] == '\0')
        return;
    structure->targets = arena_grow(
        structure->arena, structure->targets, structure->target_count,
        &structure->target_capacity, sizeof *structure->targets);
    structure->targets[structure->target_count++] =
        (struct target){.kind = kind, .id = id, .block = block};
}

static void find_targets(struct structure *structure,
                         const struct block *blocks, size_t count)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        if (block->kind == BLOCK_HEADING)
            add_target(structure, TARGET_SECTION, block->id, block);
        else if (block->kind == BLOCK_FIGURE)
            add_target(structure, TARGET_FIGURE, block->figure->id, block);
        else if (block->kind == BLOCK_TABLE)
            add_target(structure, TARGET_TABLE, block->grid->id, block);
        find_targets(structure, block->children, block->child_count);
    }
}

void structure_find_targets(struct structure *structure)
{
    find_targets(structure, structure->blocks, structure->block_count);
}

/* --- failures ------------------------------------------------------------- */

static const char *place_of(const struct run *run)
{
    return run->where == NULL ? "text" : run->where;
}

static void fail_unknown(struct structure *structure, const struct run *run,
                         const char *noun, const char *id,
                         const char *const *names, size_t count)
{
    const char *near = near_name(id, names, count);
    structure->failed = true;
    (void)err_fail(structure->err, ERR_SCRIPT, "page.reference",
                   "%s: [%s]: there is no %s '%s'%s%s%s", place_of(run),
                   run->href, noun, id, near ? "; the nearest is '" : "",
                   near ? near : "", near ? "'" : "");
}

static void fail_target(struct structure *structure, const struct run *run,
                        enum target_kind kind, const char *id)
{
    const char **names =
        arena_array(structure->arena, structure->target_count, sizeof *names);
    size_t count = 0;
    for (size_t t = 0; t < structure->target_count; t++) {
        if (structure->targets[t].kind == kind)
            names[count++] = structure->targets[t].id;
    }
    fail_unknown(structure, run, kinds[kind].noun, id, names, count);
}

bool structure_leads(struct structure *structure, const struct run *run)
{
    const char **names =
        arena_array(structure->arena, structure->target_count, sizeof *names);
    for (size_t t = 0; t < structure->target_count; t++) {
        names[t] =
            structure_anchor(structure->arena, structure->targets[t].block);
        if (text_same(names[t], run->href + 1))
            return true;
    }
    const char *near = near_name(run->href + 1, names, structure->target_count);
    structure->failed = true;
    return err_fail(structure->err, ERR_SCRIPT, "page.link",
                    "%s: the link '%s' leads nowhere%s%s%s", place_of(run),
                    run->href, near ? "; the nearest is '#" : "",
                    near ? near : "", near ? "'" : "");
}

/* --- figures, tables, sections -------------------------------------------- */

static const struct target *find_target(const struct structure *structure,
                                        enum target_kind kind, const char *id)
{
    for (size_t t = 0; t < structure->target_count; t++) {
        const struct target *target = &structure->targets[t];
        if (target->kind == kind && text_same(target->id, id))
            return target;
    }
    return NULL;
}

static char *with_case(struct structure *structure, const char *text,
                       bool capital)
{
    char *out = arena_text(structure->arena, text);
    out[0] = (char)(capital ? toupper((unsigned char)out[0])
                            : tolower((unsigned char)out[0]));
    return out;
}

/* "figure 3", "chapitre 2", "annexe A", « Titre » of what has no number. */
static const char *target_words(struct structure *structure,
                                const struct target *target, bool capital)
{
    const struct block *block = target->block;
    if (target->kind != TARGET_SECTION ||
        (block->label != NULL && block->heading == HEADING_ANNEX))
        return with_case(structure, block->label, capital);
    if (block->label == NULL)
        return locale_fill(
            structure->arena, structure->lang, "reference.title", "title",
            structure_title(structure->arena, structure->lang, block), NULL);
    const char *key =
        block->level == 1 ? "reference.chapter" : "reference.section";
    return with_case(structure,
                     locale_fill(structure->arena, structure->lang, key,
                                 "number", block->label, NULL),
                     capital);
}

/* The page of what has been put, where there are pages. */
static void put_page(struct structure *structure, struct run_list *list,
                     struct run put)
{
    put.text = locale_text(structure->lang, "reference.page");
    put.style |= RUN_PAPER;
    structure_put(structure, list, &put);
    put.text = "";
    put.style |= RUN_PAGE;
    structure_put(structure, list, &put);
}

static void put_target(struct structure *structure, struct run_list *list,
                       const struct run *run, const struct target *target,
                       bool capital, enum text_zone zone)
{
    if (target->kind != TARGET_SECTION && target->block->label == NULL) {
        structure->failed = true;
        (void)err_fail(structure->err, ERR_SCRIPT, "page.reference",
                       "%s: [%s]: %ss have numbers in documents with "
                       "contents() only",
                       place_of(run), run->href, kinds[target->kind].noun);
        return;
    }
    struct run put = {
        .text = target_words(structure, target, capital),
        .style = run->style | RUN_REFERENCE,
        .href = arena_format(structure->arena, "#%s",
                             structure_anchor(structure->arena, target->block)),
        .where = run->where,
    };
    structure_put(structure, list, &put);
    if (zone != ZONE_TITLE && zone != ZONE_CAPTION)
        put_page(structure, list, put);
}

/* --- sources -------------------------------------------------------------- */

/* A number of a source does not begin a line: "Wilson [3]". */
static void bind(struct structure *structure, struct run_list *list)
{
    struct run *last = list->count > 0 ? &list->run[list->count - 1] : NULL;
    if (last == NULL || !text_ends(last->text, " "))
        return;
    size_t size = strlen(last->text) - 1;
    last->text = arena_format(structure->arena, "%s\u00a0",
                              arena_slice(structure->arena, last->text, size));
}

static void put_citation(struct structure *structure, struct run_list *list,
                         const struct run *run, const char *key)
{
    const struct lexicon *lexicon = structure->lexicon;
    const char **names = arena_array(structure->arena,
                                     lexicon->publication_count, sizeof *names);
    size_t found = 0;
    while (found < lexicon->publication_count &&
           !text_same(lexicon->publications[found].key, key)) {
        names[found] = lexicon->publications[found].key;
        found++;
    }
    if (found == lexicon->publication_count) {
        fail_unknown(structure, run, "publication", key, names, found);
        return;
    }
    if (!structure->sourced) {
        structure->failed = true;
        (void)err_fail(structure->err, ERR_SCRIPT, "page.reference",
                       "%s: [%s]: the document has no bibliography()",
                       place_of(run), run->href);
        return;
    }
    if (structure->citation[found] == 0)
        structure->citation[found] = ++structure->citation_count;
    bind(structure, list);
    structure_put(structure, list,
                  &(struct run){
                      .text = arena_format(structure->arena, "[%d]",
                                           structure->citation[found]),
                      .style = run->style | RUN_REFERENCE,
                      .href = arena_format(structure->arena, "#ref-%s", key),
                  });
}

/* --- one reference -------------------------------------------------------- */

bool structure_refuse(struct structure *structure, const struct run *run,
                      const char *why)
{
    structure->failed = true;
    return err_fail(structure->err, ERR_SCRIPT, "page.reference",
                    "%s: [%s]: %s", place_of(run), run->href, why);
}

/* What does not stand everywhere. */
static bool stands(struct structure *structure, const struct run *run,
                   const char *kind, enum text_zone zone)
{
    if (zone == ZONE_TITLE && text_same(kind, "ref"))
        return structure_refuse(structure, run, "a heading cites no source");
    if (zone == ZONE_CAPTION && text_same(kind, "idx"))
        return structure_refuse(
            structure, run, "places of the index are marked in running text");
    return true;
}

void structure_reference(struct structure *structure, struct run_list *list,
                         const struct run *run, enum text_zone zone)
{
    const char *colon = strchr(run->href, ':');
    if (colon == NULL)
        colon = run->href + strlen(run->href);
    size_t size = (size_t)(colon - run->href - 1);
    const char *name = arena_slice(structure->arena, run->href + 1, size);
    const char *kind = with_case(structure, name, false);
    const char *id = *colon == '\0' ? "" : colon + 1;
    if (!stands(structure, run, kind, zone))
        return;
    if (text_same(kind, "ref")) {
        put_citation(structure, list, run, id);
        return;
    }
    if (text_same(kind, "idx")) {
        const char *anchor = structure->carry != NULL
                                 ? structure->carry
                                 : structure_new_anchor(structure);
        structure->carry = anchor;
        structure_mention(structure, id, anchor, "");
        return;
    }
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        if (!text_same(kinds[k].name, kind))
            continue;
        const struct target *target =
            find_target(structure, (enum target_kind)k, id);
        if (target == NULL)
            fail_target(structure, run, (enum target_kind)k, id);
        else
            put_target(structure, list, run, target, !text_same(kind, name),
                       zone);
        return;
    }
    (void)structure_refuse(structure, run,
                           "expected fig:, tab:, sec:, ref: or idx:");
}

/* --- notes ---------------------------------------------------------------- */

static const struct note *known_note(const struct structure *structure,
                                     const struct note *note)
{
    for (size_t n = 0; n < structure->note_count; n++) {
        if (structure->notes[n].from == note)
            return structure->notes[n].to;
    }
    return NULL;
}

static struct note *new_note(struct structure *structure,
                             const struct note *from)
{
    struct note *note = arena_alloc(structure->arena, sizeof *note);
    structure->notes =
        arena_grow(structure->arena, structure->notes, structure->note_count,
                   &structure->note_capacity, sizeof *structure->notes);
    structure->notes[structure->note_count++] =
        (struct known_note){.from = from, .to = note};
    note->number = (int)structure->note_count;
    note->id = arena_format(structure->arena, "note-%d", note->number);
    note->text = from->text;
    return note;
}

/* A note that is called again keeps its number and its place. */
void structure_note(struct structure *structure, struct run_list *list,
                    const struct run *run)
{
    const struct note *note = known_note(structure, run->note);
    struct note *made = note == NULL ? new_note(structure, run->note) : NULL;
    if (made != NULL)
        note = made;
    structure_put(
        structure, list,
        &(struct run){
            .text = arena_format(structure->arena, "%d", note->number),
            .style = run->style | RUN_SUPERSCRIPT | RUN_REFERENCE,
            .href = arena_format(structure->arena, "#%s", note->id),
            .anchor = made == NULL ? NULL
                                   : arena_format(structure->arena, "call-%d",
                                                  note->number),
            .note = made,
            .where = run->where,
        });
    if (made != NULL)
        structure_text(structure, &made->text, ZONE_PROSE);
}
