/* SPDX-License-Identifier: EUPL-1.2 */
/* Notes of a Markdown text: [^name] and the paragraph that begins with it. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/markdown_impl.h"

enum {
    MESSAGE_SIZE = 400,
    FAULTS_MOST = 1000, /* what has more is no text that someone wrote */
};

/* --- faults --------------------------------------------------------------- */

void markdown_refuse(struct arena *arena, struct markdown_faults *faults,
                     int line, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;
    if (faults->count == FAULTS_MOST)
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    faults->fault = arena_grow(arena, faults->fault, faults->count,
                               &faults->capacity, sizeof *faults->fault);
    faults->fault[faults->count++] = (struct markdown_fault){
        .line = line,
        .message = arena_text(arena, message),
    };
}

static int by_line(const void *left, const void *right)
{
    const struct markdown_fault *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return strcmp(a->message, b->message);
}

void markdown_order(struct markdown_faults *faults)
{
    size_t kept = 0;
    if (faults->count > 1)
        qsort(faults->fault, faults->count, sizeof *faults->fault, by_line);
    for (size_t f = 0; f < faults->count; f++) {
        if (kept == 0 ||
            by_line(&faults->fault[kept - 1], &faults->fault[f]) != 0)
            faults->fault[kept++] = faults->fault[f];
    }
    faults->count = kept;
}

/* Line of such words of a source, after `skipped` others. */
static int line_of(const struct markdown_source *source, const char *words,
                   size_t skipped)
{
    const char *at = strstr(source->text, words);
    int line = source->above + 1;
    for (; at != NULL && skipped > 0; skipped--)
        at = strstr(at + 1, words);
    for (const char *c = source->text; at != NULL && c < at; c++)
        line += *c == '\n';
    return line;
}

/* --- taking notes out ----------------------------------------------------- */

static bool name_letter(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

size_t markdown_call_size(const char *at)
{
    if (strncmp(at, "[^", 2) != 0)
        return 0;
    size_t size = 2;
    while (name_letter(at[size]))
        size++;
    return size > 2 && at[size] == ']' ? size + 1 : 0;
}

/* Bytes of "[^name]:" at the beginning of a line, 0 for none. */
static size_t opening_size(const char *text, const char *at)
{
    size_t size = markdown_call_size(at);
    bool starts = at == text || at[-1] == '\n';
    return starts && size > 0 && at[size] == ':' ? size + 1 : 0;
}

static struct markdown_note *find_note(const struct markdown_tree *tree,
                                       const char *name)
{
    for (size_t n = 0; n < tree->note_count; n++) {
        if (text_same(tree->notes[n].name, name))
            return &tree->notes[n];
    }
    return NULL;
}

/* Keeps a note up to the next empty line or note, and blanks it out. */
static char *take_note(struct arena *arena, const struct markdown_source *from,
                       struct markdown_tree *tree, char *at, size_t size)
{
    char *end = at + size;
    while (*end != '\0' && strncmp(end, "\n\n", 2) != 0 &&
           opening_size(at, end) == 0)
        end++;
    tree->notes = arena_grow(arena, tree->notes, tree->note_count,
                             &tree->note_capacity, sizeof *tree->notes);
    tree->notes[tree->note_count++] = (struct markdown_note){
        .name = arena_slice(arena, at + 2, size - 4),
        .source = {.file = from->file,
                   .text =
                       arena_slice(arena, at + size, (size_t)(end - at) - size),
                   .above = from->above},
    };
    for (; at < end; at++)
        *at = *at == '\n' ? '\n' : ' ';
    return end;
}

const char *markdown_take_notes(struct arena *arena,
                                const struct markdown_source *source,
                                struct markdown_tree *tree,
                                struct markdown_faults *faults)
{
    char *text = arena_text(arena, source->text);
    char *at = text;
    const char *counted = text;
    struct markdown_source from = *source;
    while (*at != '\0') {
        size_t size = opening_size(text, at);
        if (size == 0) {
            at++;
            continue;
        }
        for (; counted < at; counted++)
            from.above += *counted == '\n';
        const char *name = arena_slice(arena, at + 2, size - 4);
        bool twice = find_note(tree, name) != NULL;
        at = take_note(arena, &from, tree, at, size);
        if (!twice)
            continue;
        markdown_refuse(arena, faults, from.above + 1,
                        "note [^%s] is given twice", name);
        tree->notes[tree->note_count - 1].called = true;
    }
    return text;
}

/* --- calls ---------------------------------------------------------------- */

struct markdown_note *markdown_called(struct arena *arena,
                                      const struct markdown_tree *tree,
                                      const char *mark, const char **unknown)
{
    const char *name = arena_slice(arena, mark + 2, strlen(mark) - 3);
    struct markdown_note *found = find_note(tree, name);
    if (found != NULL)
        return found;
    const char **names = arena_array(arena, tree->note_count, sizeof *names);
    for (size_t n = 0; n < tree->note_count; n++)
        names[n] = tree->notes[n].name;
    const char *near = near_name(name, names, tree->note_count);
    *unknown = arena_format(arena, "no text for the note %s%s%s", mark,
                            near ? "; the nearest is " : "", near ? near : "");
    return NULL;
}

/* The next call of a note in a text, NULL none. */
static const char *next_call(struct arena *arena, const char **text)
{
    for (const char *at = *text; *at != '\0'; at++) {
        size_t size = markdown_call_size(at);
        if (size == 0)
            continue;
        *text = at + size;
        return arena_slice(arena, at, size);
    }
    return NULL;
}

/* A {call} that emphasis, a link or a line break cuts would be printed as it
 * stands. */
static void check_cut(struct arena *arena, const struct markdown_source *source,
                      const struct markdown_line *line, size_t run,
                      struct markdown_faults *faults)
{
    const char *open = strrchr(line->run[run].text, '{');
    size_t size = 1;
    if (open == NULL || strchr(open, '}') != NULL)
        return;
    while (name_letter(open[size]))
        size++;
    const char *call = arena_slice(arena, open, size);
    for (size_t r = run + 1; size > 1 && r < line->count; r++) {
        const char *brace = strpbrk(line->run[r].text, "{}");
        if (brace != NULL && *brace == '}')
            markdown_refuse(arena, faults, line_of(source, call, 0),
                            "%s ...}: expected no emphasis, link or line break "
                            "inside",
                            call);
        if (brace != NULL)
            break;
    }
}

/* How often this was refused before: a call that is unknown is so wherever it
 * stands. */
static size_t times_refused(const struct markdown_faults *faults,
                            const char *message)
{
    size_t times = 0;
    for (size_t f = 0; f < faults->count; f++)
        times += text_same(faults->fault[f].message, message);
    return times;
}

static void check_line(struct arena *arena,
                       const struct markdown_source *source,
                       const struct markdown_tree *tree,
                       const struct markdown_line *line,
                       struct markdown_faults *faults)
{
    for (size_t r = 0; r < line->count; r++) {
        const char *text = line->run[r].text;
        for (const char *call = next_call(arena, &text); call != NULL;
             call = next_call(arena, &text)) {
            const char *unknown = "";
            struct markdown_note *note =
                markdown_called(arena, tree, call, &unknown);
            if (note != NULL)
                note->called = true;
            else
                markdown_refuse(
                    arena, faults,
                    line_of(source, call, times_refused(faults, unknown)), "%s",
                    unknown);
        }
        check_cut(arena, source, line, r, faults);
    }
}

static void check_note(struct arena *arena, const struct markdown_note *note,
                       struct markdown_faults *faults)
{
    for (size_t r = 0; r < note->text.count; r++) {
        const char *text = note->text.run[r].text;
        for (const char *call = next_call(arena, &text); call != NULL;
             call = next_call(arena, &text))
            markdown_refuse(arena, faults, line_of(&note->source, call, 0),
                            "note [^%s] calls %s: expected notes to be called "
                            "in the text, not in each other",
                            note->name, call);
        check_cut(arena, &note->source, &note->text, r, faults);
    }
    if (!note->called)
        markdown_refuse(arena, faults, note->source.above + 1,
                        "nothing calls the note [^%s]", note->name);
}

void markdown_check_calls(struct arena *arena,
                          const struct markdown_source *source,
                          const struct markdown_tree *tree,
                          struct markdown_faults *faults)
{
    for (size_t p = 0; p < tree->count; p++) {
        const struct markdown_piece *piece = &tree->pieces[p];
        check_line(arena, source, tree, &piece->text, faults);
        for (size_t i = 0; i < piece->item_count; i++)
            check_line(arena, source, tree, &piece->items[i].text, faults);
    }
    for (size_t n = 0; n < tree->note_count; n++)
        check_note(arena, &tree->notes[n], faults);
}
