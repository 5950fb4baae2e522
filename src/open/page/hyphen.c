/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/hyphen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hyphen.h>

#include "base/fs.h"
#include "base/utf8.h"

#define WORD_LIMIT 100 /* bytes; longer ones are not words */
#define LEAST_LETTERS 5
#define LEAST_BEFORE 2
#define LEAST_AFTER 3

struct hyphenator {
    HyphenDict *dict;
};

static const struct {
    const char *path;
    const char *package;
} files[LANG_COUNT] = {
    [LANG_FR] = {"/usr/share/hyphen/hyph_fr.dic", "hyphen-fr"},
    [LANG_EN] = {"/usr/share/hyphen/hyph_en_US.dic", "hyphen-en-us"},
};

/* --- patterns -------------------------------------------------------------
 *
 * libhyphen loses memory for every pattern that a file repeats with the same
 * letters, and keeps the last one: earlier ones are taken out beforehand. */

#define KEY_PLACES (1U << 15)

struct keys {
    const char **place; /* [KEY_PLACES] */
};

/* The letters of a pattern: what libhyphen tells patterns apart by. */
static const char *pattern_key(struct arena *arena, const char *line)
{
    struct text key = text_new(arena);
    for (; *line != '\0' && *line != '/'; line++) {
        if (*line < '0' || *line > '9')
            text_add_char(&key, *line);
    }
    return key.at;
}

/* False when the key was there already. */
static bool add_key(struct keys *keys, const char *key)
{
    uint32_t hash = 2166136261U;
    for (const char *at = key; *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619U;
    for (uint32_t i = hash % KEY_PLACES;; i = (i + 1) % KEY_PLACES) {
        if (keys->place[i] == NULL) {
            keys->place[i] = key;
            return true;
        }
        if (text_same(keys->place[i], key))
            return false;
    }
}

static struct text unique_patterns(struct arena *arena, const char *bytes)
{
    char **lines = NULL;
    size_t count = text_split(arena, bytes, '\n', &lines);
    struct keys keys = {.place =
                            arena_array(arena, KEY_PLACES, sizeof *keys.place)};
    assert(count < KEY_PLACES / 2);
    for (size_t i = count; i-- > 1;) { /* line 0 names the encoding */
        if (text_starts(lines[i], "NEXTLEVEL"))
            keys.place = arena_array(arena, KEY_PLACES, sizeof *keys.place);
        if (!add_key(&keys, pattern_key(arena, lines[i])))
            lines[i] = NULL;
    }
    struct text unique = text_new(arena);
    for (size_t i = 0; i < count; i++) {
        if (lines[i] == NULL)
            continue;
        text_add(&unique, lines[i]);
        text_add_char(&unique, '\n');
    }
    return unique;
}

static HyphenDict *load(struct arena *scratch, const char *path)
{
    char *bytes = NULL;
    size_t size = 0;
    struct err unread = {0};
    if (!fs_read(scratch, path, &bytes, &size, &unread))
        return NULL;
    struct text unique = unique_patterns(scratch, bytes);
    FILE *file = fmemopen(unique.at, unique.size, "r");
    if (file == NULL)
        err_out_of_memory();
    HyphenDict *dict = hnj_hyphen_load_file(file);
    fclose(file);
    return dict;
}

bool hyphenator_open(struct arena *arena, enum lang lang,
                     struct hyphenator **out, struct err *err)
{
    struct arena *scratch = arena_new();
    HyphenDict *dict = load(scratch, files[lang].path);
    arena_free(scratch);
    if (dict == NULL)
        return err_fail(err, ERR_INPUT, "hyphen.file",
                        "cannot read '%s' (Debian package %s)",
                        files[lang].path, files[lang].package);
    struct hyphenator *hyphenator = arena_alloc(arena, sizeof *hyphenator);
    hyphenator->dict = dict;
    *out = hyphenator;
    return true;
}

void hyphenator_close(struct hyphenator *hyphenator)
{
    if (hyphenator == NULL || hyphenator->dict == NULL)
        return;
    hnj_hyphen_free(hyphenator->dict);
    hyphenator->dict = NULL;
}

static bool is_letter(uint32_t point)
{
    return (point >= 'a' && point <= 'z') ||
           (point >= 0xDF && point <= 0xFF && point != 0xF7) || point == 0x153;
}

/* An address of the web or of mail: a hyphen put into it would be copied. */
static bool is_of_address(uint32_t point, char next)
{
    return point == '@' || (point == '.' && next >= 'a' && next <= 'z');
}

/* The longest run of lower-case letters; hyphens and apostrophes end it. A
 * word with a capital or a digit anywhere is left whole, and so is an
 * address. */
static bool find_letters(const char *word, size_t size, size_t *first,
                         size_t *past)
{
    size_t start = 0;
    *first = *past = 0;
    const char *at = word;
    while (at < word + size) {
        uint32_t point = utf8_next(&at);
        if ((point >= 'A' && point <= 'Z') || (point >= '0' && point <= '9') ||
            (point >= 0xC0 && point <= 0xDE) || point == 0x152 ||
            is_of_address(point, at < word + size ? *at : '\0'))
            return false;
        if (!is_letter(point))
            start = (size_t)(at - word);
        else if ((size_t)(at - word) - start > *past - *first) {
            *first = start;
            *past = (size_t)(at - word);
        }
    }
    return *past > *first;
}

static size_t count_points(const char *at, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)at[i] & 0xC0) != 0x80;
    return count;
}

size_t hyphenator_breaks(const struct hyphenator *hyphenator, const char *word,
                         size_t size, size_t *breaks, size_t limit)
{
    size_t first, past;
    if (size >= WORD_LIMIT || !find_letters(word, size, &first, &past))
        return 0;
    size_t bytes = past - first;
    /* libhyphen reads its word up to a NUL. */
    char letters[WORD_LIMIT + 1];
    memcpy(letters, word + first, bytes);
    letters[bytes] = '\0';
    size_t total = count_points(letters, bytes);
    if (total < LEAST_LETTERS)
        return 0;

    char marks[WORD_LIMIT + 5] = "";
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    int status = hnj_hyphen_hyphenate2(hyphenator->dict, letters, (int)bytes,
                                       marks, NULL, &rep, &pos, &cut);
    free(rep);
    free(pos);
    free(cut);
    if (status != 0)
        return 0;

    /* One mark per character: odd where a hyphen may follow it. */
    size_t count = 0;
    size_t letter = 0;
    for (size_t at = 0; at < bytes && count < limit; letter++) {
        size_t next = at + 1;
        while (next < bytes && ((unsigned char)letters[next] & 0xC0) == 0x80)
            next++;
        bool apart =
            letter + 1 >= LEAST_BEFORE && total - letter - 1 >= LEAST_AFTER;
        if (apart && (marks[letter] & 1) != 0)
            breaks[count++] = first + next;
        at = next;
    }
    return count;
}
