/* SPDX-License-Identifier: EUPL-1.2 */
/* The chain: reading, verifying, appending. */
#include "pub/ledger.h"

#include <ctype.h>
#include <string.h>

#include "base/fs.h"
#include "base/hash.h"
#include "pub/ledger_impl.h"

struct chain {
    struct arena *arena;
    const char *directory;
    char **names; /* what the directory holds */
    size_t name_count;
    struct ledger_entry *entries;
    size_t count, capacity;
    size_t chained;
};

static const char *entry_file(struct arena *arena, size_t number,
                              const char *release)
{
    return arena_format(arena, "%04zu-%s.txt", number, release);
}

static bool fail_chain(const char *file, const char *what, struct err *err)
{
    return err_fail(err, ERR_DISCLOSURE, "ledger.chain", "entry '%s' %s", file,
                    what);
}

/* --- reading -------------------------------------------------------------- */

/* Reads the next entry; `hash` is what chain.txt says, NULL when it does not
 * list the entry yet. */
static bool read_entry(struct chain *chain, const char *file, const char *hash,
                       struct err *err)
{
    const char *path = fs_join(chain->arena, chain->directory, file);
    char hex[HASH_HEX_SIZE];
    char *bytes = NULL;
    size_t size = 0;
    if (!fs_exists(path))
        return fail_chain(file, "is missing", err);
    if (!fs_read(chain->arena, path, &bytes, &size, err))
        return false;
    hash_bytes(bytes, size, hex);
    if (hash != NULL && !text_same(hash, hex))
        return fail_chain(file, "is not what chain.txt says", err);
    chain->entries = arena_grow(chain->arena, chain->entries, chain->count,
                                &chain->capacity, sizeof *chain->entries);
    struct ledger_entry *entry = &chain->entries[chain->count];
    const char *before =
        chain->count == 0 ? LEDGER_NONE : chain->entries[chain->count - 1].hash;
    const char *previous = "";
    *entry = (struct ledger_entry){.file = file};
    entry->hash = arena_text(chain->arena, hex);
    if (!ledger_parse(chain->arena, file, bytes, size, entry, &previous, err))
        return false;
    if (!text_same(previous, before))
        return fail_chain(file, "does not follow the one before it", err);
    chain->count++;
    if (!text_same(file,
                   entry_file(chain->arena, chain->count, entry->release)))
        return fail_chain(file, "has another number or release in its name",
                          err);
    return true;
}

/* One line "HEX  NAME". */
static bool read_line(struct chain *chain, char *line, struct err *err)
{
    size_t size = strlen(line);
    const char *name = line + HASH_HEX_SIZE + 1;
    if (size <= HASH_HEX_SIZE + 1 || line[HASH_HEX_SIZE - 1] != ' ' ||
        line[HASH_HEX_SIZE] != ' ' || strchr(name, '/') != NULL)
        return err_fail(err, ERR_DISCLOSURE, "ledger.chain",
                        "chain.txt: a line is not 'HEX  NAME'");
    line[HASH_HEX_SIZE - 1] = '\0';
    return read_entry(chain, name, line, err);
}

static bool read_chain(struct chain *chain, struct err *err)
{
    const char *path = fs_join(chain->arena, chain->directory, LEDGER_CHAIN);
    char *bytes = NULL;
    char **lines = NULL;
    size_t size = 0;
    if (!fs_exists(path))
        return true;
    if (!fs_read(chain->arena, path, &bytes, &size, err))
        return false;
    if (size == 0 || bytes[size - 1] != '\n')
        return err_fail(err, ERR_DISCLOSURE, "ledger.chain",
                        "chain.txt is cut short");
    bytes[size - 1] = '\0';
    size_t count = text_split(chain->arena, bytes, '\n', &lines);
    for (size_t i = 0; i < count; i++) {
        if (!read_line(chain, lines[i], err))
            return false;
    }
    return true;
}

static bool is_entry_name(const char *name)
{
    return isdigit((unsigned char)name[0]) && text_ends(name, ".txt");
}

static bool is_listed(const struct chain *chain, const char *name)
{
    for (size_t e = 0; e < chain->chained; e++) {
        if (text_same(chain->entries[e].file, name))
            return true;
    }
    return false;
}

/* What lies there and is not in chain.txt: nothing, or the one entry of an
 * append that was cut off. */
static bool read_pending(struct chain *chain, struct err *err)
{
    for (size_t i = 0; i < chain->name_count; i++) {
        const char *name = chain->names[i];
        if (!is_entry_name(name) || is_listed(chain, name))
            continue;
        if (chain->count > chain->chained)
            return fail_chain(name, "is not in chain.txt", err);
        if (!read_entry(chain, name, NULL, err))
            return false;
    }
    return true;
}

bool ledger_read(struct arena *arena, const char *directory,
                 const struct ledger **out, struct err *err)
{
    struct chain chain = {.arena = arena, .directory = directory};
    if (fs_exists(directory)) {
        bool ok = fs_entries(arena, directory, &chain.names, &chain.name_count,
                             err) &&
                  read_chain(&chain, err);
        chain.chained = chain.count;
        if (!ok || !read_pending(&chain, err))
            return err_wrap(err, "ledger '%s'", directory);
    }
    struct ledger *ledger = arena_alloc(arena, sizeof *ledger);
    *ledger = (struct ledger){chain.entries, chain.count, chain.chained};
    *out = ledger;
    return true;
}

size_t ledger_before(const struct ledger *ledger, const char *release)
{
    size_t count = 0;
    while (count < ledger->count &&
           !text_same(ledger->entries[count].release, release))
        count++;
    return count;
}

const char *ledger_head(const struct ledger *ledger, size_t count)
{
    assert(count <= ledger->count);
    return count == 0 ? "" : ledger->entries[count - 1].hash;
}

/* --- appending ------------------------------------------------------------ */

/* A file that appears whole or not at all. */
static bool put_file(struct arena *arena, const char *directory,
                     const char *name, const struct text *text, struct err *err)
{
    const char *staging =
        arena_format(arena, "%s/%s%s", directory, LEDGER_STAGING, name);
    return fs_write(staging, text->at, text->size, err) &&
           fs_rename(staging, fs_join(arena, directory, name), err) &&
           fs_sync(directory, err);
}

/* `file` and `hash` are one entry more, or NULL. */
static bool put_chain(struct arena *arena, const char *directory,
                      const struct ledger *ledger, const char *file,
                      const char *hash, struct err *err)
{
    struct text text = text_new(arena);
    for (size_t e = 0; e < ledger->count; e++)
        text_format(&text, "%s  %s\n", ledger->entries[e].hash,
                    ledger->entries[e].file);
    if (file != NULL)
        text_format(&text, "%s  %s\n", hash, file);
    return put_file(arena, directory, LEDGER_CHAIN, &text, err);
}

static bool check_new(const struct ledger *ledger,
                      const struct edition *edition, struct err *err)
{
    const char *release = edition->project->id;
    if (!date_exists(code_registry(edition->codes, "extraction_date")))
        return err_fail(
            err, ERR_INPUT, "ledger.vintage",
            "release '%s': its store has no extraction_date "
            "YYYY-MM-DD, by which later releases would know its numbers",
            release);
    if (!text_same(edition->ledger, ledger_head(ledger, ledger->count)))
        return err_fail(err, ERR_DISCLOSURE, "ledger.stale",
                        "release '%s' was not protected against all that is "
                        "published now: build it again",
                        release);
    return true;
}

/* What could not be read again must not enter the chain. */
static bool reads_back(struct arena *arena, const char *file,
                       const struct text *text, struct err *err)
{
    struct ledger_entry entry = {0};
    const char *previous = "";
    char *bytes = arena_slice(arena, text->at, text->size);
    return ledger_parse(arena, file, bytes, text->size, &entry, &previous, err);
}

static bool append(struct arena *arena, const char *directory,
                   const struct ledger *ledger, const struct edition *edition,
                   const char *content, const char **file, struct err *err)
{
    struct text text = text_new(arena);
    char hash[HASH_HEX_SIZE];
    const char *head = ledger_head(ledger, ledger->count);
    *file = entry_file(arena, ledger->count + 1, edition->project->id);
    if (!check_new(ledger, edition, err) ||
        !ledger_print(&text, edition, content,
                      head[0] == '\0' ? LEDGER_NONE : head, err) ||
        !reads_back(arena, *file, &text, err))
        return false;
    hash_bytes(text.at, text.size, hash);
    return put_file(arena, directory, *file, &text, err) &&
           put_chain(arena, directory, ledger, *file, hash, err);
}

static bool append_locked(struct arena *arena, const char *directory,
                          const struct edition *edition, const char *content,
                          enum ledger_outcome *outcome, const char **file,
                          struct err *err)
{
    const struct ledger *ledger = NULL;
    const char *release = edition->project->id;
    if (!fs_sweep(directory, LEDGER_STAGING, err) ||
        !ledger_read(arena, directory, &ledger, err))
        return false;
    assert(ledger != NULL);
    if (ledger->chained < ledger->count &&
        !put_chain(arena, directory, ledger, NULL, NULL, err))
        return false;
    size_t own = ledger_before(ledger, release);
    if (own == ledger->count) {
        *outcome = LEDGER_APPENDED;
        return append(arena, directory, ledger, edition, content, file, err);
    }
    assert(ledger->entries != NULL);
    *outcome = LEDGER_PRESENT;
    *file = ledger->entries[own].file;
    if (!text_same(ledger->entries[own].content, content))
        return err_fail(err, ERR_DISCLOSURE, "ledger.release",
                        "release '%s' was published with other content, entry "
                        "'%s'; what readers have cannot be taken back: give "
                        "the new one another id",
                        release, *file);
    return true;
}

bool ledger_append(struct arena *arena, const char *directory,
                   const struct edition *edition, const char *content,
                   enum ledger_outcome *outcome, const char **file,
                   struct err *err)
{
    int lock = -1;
    if (!fs_make_directory(directory, err) ||
        !fs_lock(fs_join(arena, directory, ".lock"), &lock, err))
        return false;
    bool ok =
        append_locked(arena, directory, edition, content, outcome, file, err);
    fs_unlock(lock);
    return ok;
}
