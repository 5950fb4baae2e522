/* SPDX-License-Identifier: EUPL-1.2 */
/* A Markdown file as passages: paragraphs, headings, items, notes. */
#include <string.h>

#include "script/proofread_impl.h"

/* What begins a line without being text: "## ", "> ", "- ". */
static size_t marker_size(const char *line, char marker)
{
    size_t size = strspn(line, " ");
    size_t marks = 0;
    while (line[size + marks] == marker)
        marks++;
    return marks > 0 && line[size + marks] == ' ' ? size + marks + 1 : 0;
}

static bool is_blank(const char *line)
{
    size_t blanks = strspn(line, " \t>");
    return line[blanks] == '\n' || line[blanks] == '\0';
}

/* True when a passage cannot go on with this line. */
static bool begins(const char *line)
{
    return is_blank(line) || marker_size(line, '#') > 0 ||
           marker_size(line, '-') > 0 || marker_size(line, '*') > 0;
}

static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return *line == '\n' ? line + 1 : line;
}

void proofread_markdown(struct proofreader *reader, const char *file,
                        enum lang lang, const char *text)
{
    int number = 1;
    for (const char *line = text; *line;) {
        struct passage passage = {
            .file = file, .line = number, .lang = (int)lang, .text = line};
        const char *end = next_line(line);
        number++;
        if (is_blank(line)) {
            line = end;
            continue;
        }
        size_t heading = marker_size(line, '#');
        size_t skip = marker_size(line, '>');
        skip += marker_size(line + skip, '-') + marker_size(line + skip, '*');
        passage.kind = heading > 0 ? PASSAGE_HEADING : PASSAGE_PARAGRAPH;
        for (; heading == 0 && *end && !begins(end); number++)
            end = next_line(end);
        const char *from = line + heading + skip;
        passage.text = arena_slice(reader->arena, from, (size_t)(end - from));
        proofread_add(reader, &passage);
        line = end;
    }
}
