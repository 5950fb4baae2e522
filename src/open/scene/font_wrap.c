/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/utf8.h"
#include "scene/font.h"

/* One word of the text: [at, at + size) is printed, with what follows it a
 * line may break; the spaces up to the next word are not printed there. */
struct word {
    const char *at;
    size_t size;
    const char *next;
    bool forced; /* a line feed follows */
};

/* Whether a line may end after this character when another follows: a hyphen
 * or dash inside a word, or a soft hyphen. */
static bool is_joint(uint32_t point)
{
    return point == '-' || point == 0x2010 || point == 0x2013 ||
           point == 0x00AD;
}

static struct word next_word(const char *at)
{
    struct word word = {.at = at};
    const char *end = at;
    while (*end && *end != ' ' && *end != '\n') {
        const char *next = end;
        bool joint = is_joint(utf8_next(&next));
        bool inside = end > at;
        end = next;
        /* "-5" and "- " do not break after their sign */
        if (joint && inside && *end && *end != ' ' && *end != '\n')
            break;
    }
    word.size = (size_t)(end - at);
    while (*end == ' ')
        end++;
    if (*end == '\n') {
        word.forced = true;
        end++;
    }
    word.next = end;
    return word;
}

size_t fonts_wrap(struct arena *arena, const struct fonts *fonts,
                  enum font_style style, double size_pt, const char *text,
                  double width_pt, char ***lines)
{
    char **found = NULL;
    size_t count = 0, capacity = 0;
    const char *start = text, *end = text; /* the line so far */
    const char *at = text;
    bool more = true;

    while (more) {
        struct word word = next_word(at);
        const char *word_end = word.at + word.size;
        bool fits = fonts_width(fonts, style, size_pt, start,
                                (size_t)(word_end - start)) <= width_pt;
        if (!fits && end > start) {
            found = arena_grow(arena, found, count, &capacity, sizeof *found);
            found[count++] = arena_slice(arena, start, (size_t)(end - start));
            start = word.at;
        }
        end = word_end;
        at = word.next;
        more = *at != '\0' || word.forced;
        if (!more || word.forced) {
            found = arena_grow(arena, found, count, &capacity, sizeof *found);
            found[count++] = arena_slice(arena, start, (size_t)(end - start));
            start = end = at;
        }
        if (*at == '\0')
            more = false;
    }
    *lines = found;
    return count;
}
