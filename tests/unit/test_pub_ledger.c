/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/fs.h"
#include "base/hash.h"
#include "base/num.h"
#include "pub/ledger.h"

struct desk {
    struct arena *arena;
    char *folder;
    const char *ledger;
    struct edition edition;
    struct project project;
    struct codes codes;
    struct err err;
};

static struct pair registry[] = {{"extraction_date", "2025-03-31"},
                                 {"snapshot", "s-1"}};

static void open_desk(struct desk *desk)
{
    *desk = (struct desk){.arena = arena_new(), .folder = check_directory()};
    desk->ledger = fs_join(desk->arena, desk->folder, "ledger");
    desk->edition = *pub_fixture(desk->arena);
    desk->project = *desk->edition.project;
    desk->codes = *desk->edition.codes;
    desk->codes.registry = registry;
    desk->codes.registry_count = 2;
    desk->edition.project = &desk->project;
    desk->edition.codes = &desk->codes;
    /* Tables keep pointers into the fixture's own lists of nodes, which the
     * copy shares. */
}

static void close_desk(struct desk *desk)
{
    arena_free(desk->arena);
    check_remove(desk->folder);
}

static const struct ledger *read_ledger(struct desk *desk)
{
    const struct ledger *ledger = NULL;
    desk->err = (struct err){0};
    return ledger_read(desk->arena, desk->ledger, &ledger, &desk->err) ? ledger
                                                                       : NULL;
}

/* Publishes the edition as release `id` with this content. */
static bool put(struct desk *desk, const char *id, const char *content,
                enum ledger_outcome *outcome)
{
    const char *file = NULL;
    const struct ledger *before = read_ledger(desk);
    desk->project.id = id;
    if (before != NULL)
        desk->edition.ledger = ledger_head(before, ledger_before(before, id));
    desk->err = (struct err){0};
    return ledger_append(desk->arena, desk->ledger, &desk->edition, content,
                         outcome, &file, &desk->err);
}

static void must_put(struct desk *desk, const char *id)
{
    enum ledger_outcome outcome;
    if (!put(desk, id, id, &outcome))
        fail_msg("%s", desk->err.text);
    CHECK_INT(outcome, LEDGER_APPENDED);
}

static char *slurp(struct desk *desk, const char *name, size_t *size)
{
    char *bytes = NULL;
    size_t got = 0;
    CHECK(fs_read(desk->arena, fs_join(desk->arena, desk->ledger, name), &bytes,
                  &got, &desk->err));
    if (size != NULL)
        *size = got;
    return bytes;
}

static void spill(struct desk *desk, const char *name, const char *bytes,
                  size_t size)
{
    CHECK(fs_write(fs_join(desk->arena, desk->ledger, name), bytes, size,
                   &desk->err));
}

/* Says that reading fails with this very message. */
static void check_broken(struct desk *desk, const char *want)
{
    CHECK(read_ledger(desk) == NULL);
    CHECK_INT(desk->err.code, ERR_DISCLOSURE);
    CHECK_TEXT(desk->err.text, arena_format(desk->arena, "ledger '%s': %s",
                                            desk->ledger, want));
}

/* --- what an entry holds
 * -------------------------------------------------------- */

TEST(a_ledger_that_does_not_exist_is_empty)
{
    struct desk desk;
    open_desk(&desk);
    const struct ledger *ledger = read_ledger(&desk);
    CHECK_INT(ledger->count, 0);
    CHECK_TEXT(ledger_head(ledger, 0), "");
    CHECK(!fs_exists(desk.ledger));
    close_desk(&desk);
}

TEST(an_entry_holds_every_cell_as_published)
{
    struct desk desk;
    open_desk(&desk);
    must_put(&desk, "rnc-2025");
    const struct ledger *ledger = read_ledger(&desk);
    CHECK_INT(ledger->count, 1);
    const struct ledger_entry *entry = &ledger->entries[0];
    CHECK_TEXT(entry->file, "0001-rnc-2025.txt");
    CHECK_TEXT(entry->release, "rnc-2025");
    CHECK_TEXT(entry->extracted, "2025-03-31");
    CHECK_TEXT(entry->snapshot, "s-1");
    CHECK_TEXT(entry->date, "2026-02-04");
    CHECK_INT(entry->audience, AUDIENCE_PUBLIC);
    CHECK_INT(entry->threshold, 11);
    CHECK(entry->draft);
    CHECK_INT(entry->table_count, 1);
    const struct ledger_table *got = &entry->tables[0];
    const struct pub_table *want = desk.edition.tables[0];
    CHECK_TEXT(got->id, "open.cases");
    CHECK_TEXT(got->measure, "cases");
    CHECK_INT(got->rows, pub_rows(want));
    CHECK_INT(got->column_count, pub_columns(want));
    for (size_t r = 0; r < got->rows; r++) {
        for (size_t c = 0; c < got->column_count; c++) {
            double value = 0;
            const struct ledger_cell *cell =
                &got->cells[r * got->column_count + c];
            CHECK_INT(cell->availability, pub_read(want, r, c, &value));
            CHECK(cell->value == value);
        }
    }
    close_desk(&desk);
}

/* The région 94 has one département, whose name the leaf bears. */
TEST(cells_are_told_by_the_leaves_they_sum)
{
    struct desk desk;
    open_desk(&desk);
    must_put(&desk, "rnc-2025");
    const struct ledger_entry *entry = &read_ledger(&desk)->entries[0];
    const struct ledger_dimension *places = &entry->dims[DIM_TERRITORY];
    CHECK_INT(places->leaf_count, 3);
    CHECK_TEXT(places->leaves[0], "departement/29");
    CHECK_TEXT(places->leaves[1], "departement/53");
    CHECK_TEXT(places->leaves[2], "departement/2A");
    const struct ledger_table *table = &entry->tables[0];
    CHECK_INT(table->axis_count[DIM_TERRITORY], 3);
    const struct ledger_set *breton =
        &places->sets[table->axis[DIM_TERRITORY][1]];
    CHECK_INT(breton->count, 2);
    CHECK_INT(breton->leaves[0], 0);
    CHECK_INT(breton->leaves[1], 1);
    CHECK_TEXT(entry->dims[DIM_SITE].leaves[2], "POU");
    CHECK_TEXT(entry->dims[DIM_AGE].leaves[3], "75+");
    close_desk(&desk);
}

TEST(the_text_of_an_entry_is_readable)
{
    struct desk desk;
    open_desk(&desk);
    must_put(&desk, "rnc-2025");
    const char *text = slurp(&desk, "0001-rnc-2025.txt", NULL);
    CHECK(text_starts(text, "panorama-ledger\t1\nprevious\t-\n"
                            "release\trnc-2025\naudience\tpublic\n"
                            "date\t2026-02-04\nstate\tdraft\n"
                            "extracted\t2025-03-31\nsnapshot\ts-1\n"
                            "threshold\t11\ncontent\trnc-2025\n"
                            "leaves\tterritory\tdepartement/29\t"));
    CHECK(strstr(text, "\nset\tterritory\t0-1\n") != NULL);
    CHECK(strstr(text, "\nrow\t100\t1.5\t2.5\t3.5\nrow\tc\tc\tc\tc\n") != NULL);
    close_desk(&desk);
}

TEST(an_entry_tells_which_thresholds_protect_its_readers)
{
    static const char *deaths[] = {"deaths"}, *lung[] = {"code:POU"};
    struct rule_cells cells[] = {{.measures = {deaths, 1}},
                                 {.select = {[DIM_SITE] = {lung, 1}}}};
    struct policy_rule rules[] = {
        {.kind = RULE_THRESHOLD,
         .audience = AUDIENCE_ANY,
         .threshold = 20,
         .cells = &cells[0],
         .cell_count = 1},
        {.kind = RULE_STRICTER,
         .audience = AUDIENCE_PUBLIC,
         .threshold = 30,
         .cells = &cells[1],
         .cell_count = 1},
        {.kind = RULE_STRICTER,
         .audience = AUDIENCE_INTERNAL,
         .threshold = 40,
         .cells = &cells[1],
         .cell_count = 1},
        {.kind = RULE_ZEROS,
         .audience = AUDIENCE_ANY,
         .population = 500,
         .cells = &cells[1],
         .cell_count = 1},
    };
    struct desk desk;
    open_desk(&desk);
    desk.project.policy.rules = rules;
    desk.project.policy.rule_count = COUNT_OF(rules);
    must_put(&desk, "rnc-2025");
    CHECK(strstr(slurp(&desk, "0001-rnc-2025.txt", NULL),
                 "\nthreshold\t11\n"
                 "rule\tthreshold\t20\t{\"measures\": [\"deaths\"]}\n"
                 "rule\tstricter\t30\t{\"sites\": [\"code:POU\"]}\n"
                 "content\t") != NULL);
    const struct ledger_entry *entry = &read_ledger(&desk)->entries[0];
    CHECK_INT(entry->threshold, 11);
    CHECK_INT(entry->rule_count, 2);
    CHECK_INT(entry->rules[0].kind, RULE_THRESHOLD);
    CHECK_INT(entry->rules[0].threshold, 20);
    CHECK_TEXT(entry->rules[0].cells->measures.words[0], "deaths");
    CHECK_INT(entry->rules[1].kind, RULE_STRICTER);
    CHECK_INT(entry->rules[1].threshold, 30);
    CHECK_TEXT(entry->rules[1].cells->select[DIM_SITE].words[0], "code:POU");
    close_desk(&desk);
}

TEST(a_store_without_vintage_is_not_published)
{
    struct desk desk;
    enum ledger_outcome outcome;
    open_desk(&desk);
    desk.codes.registry_count = 0;
    CHECK(!put(&desk, "rnc-2025", "x", &outcome));
    CHECK_INT(desk.err.code, ERR_INPUT);
    CHECK_TEXT(desk.err.text,
               "release 'rnc-2025': its store has no extraction_date, by "
               "which later releases would know its numbers");
    CHECK_INT(read_ledger(&desk)->count, 0);
    close_desk(&desk);
}

TEST(a_code_with_a_control_character_is_refused)
{
    struct desk desk;
    enum ledger_outcome outcome;
    open_desk(&desk);
    desk.project.publisher = "not printed\n";
    registry[1].value = "s\t1";
    CHECK(!put(&desk, "rnc-2025", "x", &outcome));
    registry[1].value = "s-1";
    CHECK_INT(desk.err.code, ERR_INPUT);
    CHECK_TEXT(desk.err.text,
               "a code of the release holds a control character");
    close_desk(&desk);
}

/* --- appending
 * ------------------------------------------------------------------ */

TEST(publishing_again_does_nothing)
{
    struct desk desk;
    enum ledger_outcome outcome;
    size_t before = 0, after = 0;
    open_desk(&desk);
    must_put(&desk, "rnc-2025");
    must_put(&desk, "rnc-2026");
    char *chain = slurp(&desk, "chain.txt", &before);
    CHECK(put(&desk, "rnc-2025", "rnc-2025", &outcome));
    CHECK_INT(outcome, LEDGER_PRESENT);
    CHECK(put(&desk, "rnc-2026", "rnc-2026", &outcome));
    CHECK_INT(outcome, LEDGER_PRESENT);
    CHECK_TEXT(slurp(&desk, "chain.txt", &after), chain);
    CHECK_INT(read_ledger(&desk)->count, 2);
    close_desk(&desk);
}

TEST(other_content_under_a_published_id_is_refused)
{
    struct desk desk;
    enum ledger_outcome outcome;
    open_desk(&desk);
    must_put(&desk, "rnc-2025");
    CHECK(!put(&desk, "rnc-2025", "other", &outcome));
    CHECK_INT(desk.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(desk.err.text,
               "release 'rnc-2025' was published with other content, entry "
               "'0001-rnc-2025.txt'; what readers have cannot be taken back: "
               "give the new one another id");
    close_desk(&desk);
}

/* Two releases built side by side do not know each other. */
TEST(a_release_protected_before_another_was_published_is_refused)
{
    struct desk desk;
    enum ledger_outcome outcome;
    const char *file = NULL;
    open_desk(&desk);
    must_put(&desk, "rnc-2025");
    desk.project.id = "rnc-2026";
    desk.edition.ledger = "";
    CHECK(!ledger_append(desk.arena, desk.ledger, &desk.edition, "x", &outcome,
                         &file, &desk.err));
    CHECK_INT(desk.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(desk.err.id, "ledger.stale");
    CHECK_TEXT(desk.err.text,
               "release 'rnc-2026' was not protected against all that is "
               "published now: build it again");
    CHECK_INT(read_ledger(&desk)->count, 1);
    close_desk(&desk);
}

TEST(a_release_comes_after_what_was_published_before_it)
{
    struct desk desk;
    open_desk(&desk);
    must_put(&desk, "a");
    must_put(&desk, "b");
    must_put(&desk, "c");
    const struct ledger *ledger = read_ledger(&desk);
    CHECK_INT(ledger_before(ledger, "a"), 0);
    CHECK_INT(ledger_before(ledger, "b"), 1);
    CHECK_INT(ledger_before(ledger, "d"), 3);
    CHECK_TEXT(ledger_head(ledger, 1), ledger->entries[0].hash);
    CHECK_TEXT(ledger_head(ledger, 3), ledger->entries[2].hash);
    close_desk(&desk);
}

TEST(a_locked_ledger_is_left_alone)
{
    struct desk desk;
    enum ledger_outcome outcome;
    int lock = -1;
    open_desk(&desk);
    must_put(&desk, "a");
    CHECK(fs_lock(fs_join(desk.arena, desk.ledger, ".lock"), &lock, &desk.err));
    CHECK(!put(&desk, "b", "b", &outcome));
    CHECK_INT(desk.err.code, ERR_IO);
    fs_unlock(lock);
    must_put(&desk, "b");
    close_desk(&desk);
}

/* --- tampering
 * ------------------------------------------------------------------ */

TEST(any_changed_byte_of_any_entry_is_noticed)
{
    struct desk desk;
    open_desk(&desk);
    must_put(&desk, "a");
    must_put(&desk, "b");
    static const char *const files[] = {"0001-a.txt", "0002-b.txt"};
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        size_t size = 0;
        char *bytes = slurp(&desk, files[f], &size);
        for (size_t i = 0; i < size; i += 7) {
            bytes[i] ^= 1;
            spill(&desk, files[f], bytes, size);
            check_broken(&desk,
                         arena_format(desk.arena,
                                      "entry '%s' is not what chain.txt says",
                                      files[f]));
            bytes[i] ^= 1;
        }
        spill(&desk, files[f], bytes, size - 1);
        CHECK(read_ledger(&desk) == NULL);
        spill(&desk, files[f], bytes, size);
        CHECK_INT(read_ledger(&desk)->count, 2);
    }
    close_desk(&desk);
}

TEST(any_changed_byte_of_the_chain_is_noticed)
{
    struct desk desk;
    open_desk(&desk);
    must_put(&desk, "a");
    must_put(&desk, "b");
    size_t size = 0;
    char *bytes = slurp(&desk, "chain.txt", &size);
    for (size_t i = 0; i < size; i++) {
        bytes[i] ^= 1;
        spill(&desk, "chain.txt", bytes, size);
        CHECK(read_ledger(&desk) == NULL);
        CHECK_INT(desk.err.code, ERR_DISCLOSURE);
        bytes[i] ^= 1;
    }
    close_desk(&desk);
}

/* A number changed with all hashes made anew, but for the next entry's. */
TEST(an_entry_rewritten_with_its_line_breaks_the_next_one)
{
    struct desk desk;
    size_t size = 0;
    char hex[HASH_HEX_SIZE];
    open_desk(&desk);
    must_put(&desk, "a");
    must_put(&desk, "b");
    char *bytes = slurp(&desk, "0001-a.txt", &size);
    char *cell = strstr(bytes, "row\t100");
    CHECK(cell != NULL);
    cell[4] = '2';
    spill(&desk, "0001-a.txt", bytes, size);
    hash_bytes(bytes, size, hex);
    char *chain = slurp(&desk, "chain.txt", &size);
    memcpy(chain, hex, HASH_HEX_SIZE - 1);
    spill(&desk, "chain.txt", chain, size);
    check_broken(&desk, "entry '0002-b.txt' does not follow the one before it");
    close_desk(&desk);
}

TEST(missing_swapped_and_added_entries_are_noticed)
{
    struct desk desk;
    size_t size = 0;
    open_desk(&desk);
    must_put(&desk, "a");
    must_put(&desk, "b");
    must_put(&desk, "c");
    char *chain = slurp(&desk, "chain.txt", &size);
    size_t line = size / 3;
    /* the last two lines dropped */
    spill(&desk, "chain.txt", chain, line);
    check_broken(&desk, "entry '0003-c.txt' is not in chain.txt");
    /* the first line dropped */
    spill(&desk, "chain.txt", chain + line, size - line);
    check_broken(&desk, "entry '0002-b.txt' does not follow the one before it");
    spill(&desk, "chain.txt", chain, size - 1);
    check_broken(&desk, "chain.txt is cut short");
    CHECK(fs_remove(fs_join(desk.arena, desk.ledger, "chain.txt"), &desk.err));
    check_broken(&desk, "entry '0002-b.txt' is not in chain.txt");
    spill(&desk, "chain.txt", chain, size);
    char *entry = slurp(&desk, "0002-b.txt", &size);
    CHECK(fs_remove(fs_join(desk.arena, desk.ledger, "0002-b.txt"), &desk.err));
    check_broken(&desk, "entry '0002-b.txt' is missing");
    spill(&desk, "0002-b.txt", entry, size);
    spill(&desk, "0004-b.txt", entry, size);
    check_broken(&desk, "entry '0004-b.txt' does not follow the one before it");
    close_desk(&desk);
}

TEST(a_renamed_entry_is_noticed)
{
    struct desk desk;
    size_t size = 0;
    open_desk(&desk);
    must_put(&desk, "a");
    const char *from = fs_join(desk.arena, desk.ledger, "0001-a.txt");
    const char *to = fs_join(desk.arena, desk.ledger, "0001-z.txt");
    CHECK(fs_rename(from, to, &desk.err));
    char *chain = slurp(&desk, "chain.txt", &size);
    chain[size - 6] = 'z';
    spill(&desk, "chain.txt", chain, size);
    check_broken(&desk, "entry '0001-z.txt' has another number or release in "
                        "its name");
    close_desk(&desk);
}

/* An entry of our own making, with a chain that agrees. */
static void forge(struct desk *desk, const char *text)
{
    char hex[HASH_HEX_SIZE];
    hash_bytes(text, strlen(text), hex);
    const char *chain = arena_format(desk->arena, "%s  0001-a.txt\n", hex);
    spill(desk, "0001-a.txt", text, strlen(text));
    spill(desk, "chain.txt", chain, strlen(chain));
}

/* `from` replaced by `to`, once. */
static const char *with(struct desk *desk, const char *text, const char *from,
                        const char *to)
{
    const char *at = strstr(text, from);
    if (at == NULL)
        fail_msg("no '%s' in the entry", from);
    return arena_format(desk->arena, "%.*s%s%s", (int)(at - text), text, to,
                        at + strlen(from));
}

TEST(what_an_entry_cannot_say_is_named_with_its_line)
{
    static const struct {
        const char *from, *to, *want;
    } cases[] = {
        {"ledger\t1", "ledger\t9", "line 2: expected format 1 of an entry"},
        {"release\t", "relaese\t", "line 3: expected 'release'"},
        {"\tpublic", "\teverybody", "line 5: expected an audience"},
        {"threshold\t11", "threshold\tmany", "line 10: expected a threshold"},
        {"content\t", "rule\tzeros\t20\t{}\ncontent\t",
         "line 10: expected threshold or stricter"},
        {"content\t", "rule\tstricter\t2\t{}\ncontent\t",
         "line 10: expected a number in its range"},
        {"content\t", "rule\tstricter\t20\t{\"dogs\": []}\ncontent\t",
         "line 10: expected what the rule is about"},
        {"content\t", "rule\tstricter\t20\tall\ncontent\t",
         "line 10: expected what the rule is about"},
        {"leaves\tterritory", "leaves\tsex",
         "line 11: expected dimension 'territory'"},
        {"set\tterritory\t0-2", "set\tterritory\t0-1",
         "line 16: expected the set of all leaves first"},
        {"set\tterritory\t0-1", "set\tterritory\t1-0",
         "line 14: expected an ascending set of leaves"},
        {"set\tterritory\t0-1", "set\tterritory\t0-7",
         "line 14: expected an ascending set of leaves"},
        {"axis\tterritory\t1", "axis\tterritory\t4",
         "line 34: expected a number in its range"},
        {"axis\tterritory\t1", "rounded\t1\naxis\tterritory\t1",
         "line 34: expected a number in its range"},
        {"axis\tterritory\t1", "rounded\t5\t2\naxis\tterritory\t1",
         "line 34: expected the end of the line"},
        {"axis\tterritory\t1", "rounded\t5\nrounded\t5\naxis\tterritory\t1",
         "line 35: expected 'axis'"},
        {"column\tcount\t0", "column\tcount\t8",
         "line 40: expected a number in its range"},
        {"\nrow\tc", "\nrow\tv", "line 45: expected a value or a status"},
        {"\nrow\tc", "\nrow\tQ", "line 45: expected a value or a status"},
        {"\nrow\tc", "\nrow\tc\tc", "line 45: expected the end of the line"},
        {"\nrow\tc\tc", "\nrow\tc", "line 45: expected another field"},
        {"\nend\t", "\nend\t1", "line 56: expected the number of lines"},
        {"\nend\t", "\nrow\t", "line 56: expected 'end'"},
        {"row\t100\t1.5\t2.5\t3.5\n", "", "line 55: expected 'row'"},
    };
    struct desk desk;
    open_desk(&desk);
    must_put(&desk, "a");
    const char *sound = slurp(&desk, "0001-a.txt", NULL);
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        forge(&desk, with(&desk, sound, cases[c].from, cases[c].to));
        check_broken(&desk, arena_format(desk.arena, "entry '0001-a.txt': %s",
                                         cases[c].want));
    }
    forge(&desk, sound);
    CHECK_INT(read_ledger(&desk)->count, 1);
    close_desk(&desk);
}

/* --- crashes
 * -------------------------------------------------------------------- */

/* What two publications leave, byte for byte. */
static void check_two(struct desk *desk, const char *chain)
{
    enum ledger_outcome outcome;
    char **names = NULL;
    size_t count = 0;
    CHECK(put(desk, "b", "b", &outcome));
    CHECK_TEXT(slurp(desk, "chain.txt", NULL), chain);
    CHECK(fs_entries(desk->arena, desk->ledger, &names, &count, &desk->err));
    CHECK_INT(count, 4); /* .lock and no staging file */
}

TEST(an_append_cut_off_anywhere_is_completed_by_the_next)
{
    struct desk desk;
    size_t whole = 0, size = 0;
    open_desk(&desk);
    must_put(&desk, "a");
    char *before = slurp(&desk, "chain.txt", &size);
    must_put(&desk, "b");
    char *after = slurp(&desk, "chain.txt", &whole);
    char *entry = slurp(&desk, "0002-b.txt", NULL);

    /* the entry is in place, the chain is the old one: it counts */
    spill(&desk, "chain.txt", before, size);
    const struct ledger *ledger = read_ledger(&desk);
    CHECK_INT(ledger->count, 2);
    CHECK_INT(ledger->chained, 1);
    CHECK_INT(ledger_before(ledger, "c"), 2);
    check_two(&desk, after);

    /* and a half written new chain lies beside it */
    spill(&desk, "chain.txt", before, size);
    spill(&desk, ".tmp-chain.txt", after, whole - 9);
    CHECK_INT(read_ledger(&desk)->count, 2);
    check_two(&desk, after);

    /* the entry was being written */
    spill(&desk, "chain.txt", before, size);
    CHECK(fs_remove(fs_join(desk.arena, desk.ledger, "0002-b.txt"), &desk.err));
    spill(&desk, ".tmp-0002-b.txt", entry, 100);
    CHECK_INT(read_ledger(&desk)->count, 1);
    check_two(&desk, after);

    /* another release comes first: it completes the cut one, and is then
     * refused, because it did not know it */
    enum ledger_outcome outcome;
    spill(&desk, "chain.txt", before, size);
    desk.project.id = "c";
    desk.edition.ledger = read_ledger(&desk)->entries[0].hash;
    const char *file = NULL;
    CHECK(!ledger_append(desk.arena, desk.ledger, &desk.edition, "c", &outcome,
                         &file, &desk.err));
    CHECK_TEXT(desk.err.id, "ledger.stale");
    CHECK_TEXT(slurp(&desk, "chain.txt", NULL), after);
    close_desk(&desk);
}

TEST(a_cut_first_append_is_completed_too)
{
    struct desk desk;
    enum ledger_outcome outcome;
    open_desk(&desk);
    must_put(&desk, "a");
    char *chain = slurp(&desk, "chain.txt", NULL);
    CHECK(fs_remove(fs_join(desk.arena, desk.ledger, "chain.txt"), &desk.err));
    CHECK_INT(read_ledger(&desk)->count, 1);
    CHECK(put(&desk, "a", "a", &outcome));
    CHECK_INT(outcome, LEDGER_PRESENT);
    CHECK_TEXT(slurp(&desk, "chain.txt", NULL), chain);
    close_desk(&desk);
}

/* Appends "b" in a child that may write files of `limit` bytes only. */
static int append_limited(struct desk *desk, rlim_t limit)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit size = {limit, limit};
        enum ledger_outcome outcome;
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &size);
        _exit(put(desk, "b", "b", &outcome) ? 0 : (int)desk->err.code);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    return WEXITSTATUS(status);
}

TEST(a_full_disk_leaves_the_old_ledger)
{
    struct desk desk;
    size_t size = 0;
    open_desk(&desk);
    must_put(&desk, "a");
    char *chain = slurp(&desk, "chain.txt", &size);
    slurp(&desk, "0001-a.txt", &size);
    for (size_t limit = 0; limit < size; limit += 97) {
        CHECK_INT(append_limited(&desk, limit), ERR_IO);
        CHECK_TEXT(slurp(&desk, "chain.txt", NULL), chain);
        CHECK_INT(read_ledger(&desk)->count, 1);
    }
    CHECK_INT(append_limited(&desk, size + 1000), 0);
    CHECK_INT(read_ledger(&desk)->count, 2);
    CHECK_INT(read_ledger(&desk)->chained, 2);
    close_desk(&desk);
}

/* Kills an append after so many microseconds. */
static void append_killed(struct desk *desk, unsigned delay_us)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        enum ledger_outcome outcome;
        _exit(put(desk, "b", "b", &outcome) ? 0 : 1);
    }
    usleep(delay_us);
    kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child);
}

TEST(a_killed_append_leaves_the_old_ledger_or_the_new_one)
{
    struct desk desk;
    int old = 0, new = 0;
    open_desk(&desk);
    must_put(&desk, "a");
    char *before = slurp(&desk, "chain.txt", NULL);
    must_put(&desk, "b");
    char *after = slurp(&desk, "chain.txt", NULL);
    const char *entry = fs_join(desk.arena, desk.ledger, "0002-b.txt");
    for (unsigned run = 0; run < 120; run++) {
        CHECK(fs_remove(entry, &desk.err));
        spill(&desk, "chain.txt", before, strlen(before));
        append_killed(&desk, run * 40);
        const struct ledger *ledger = read_ledger(&desk);
        if (ledger == NULL)
            fail_msg("%s", desk.err.text);
        old += ledger->count == 1;
        new += ledger->count == 2;
        check_two(&desk, after);
    }
    print_message("%d old, %d new\n", old, new);
    CHECK_INT(old + new, 120);
    CHECK(old > 0);
    close_desk(&desk);
}

RUN(CASE(a_ledger_that_does_not_exist_is_empty),
    CASE(an_entry_holds_every_cell_as_published),
    CASE(cells_are_told_by_the_leaves_they_sum),
    CASE(the_text_of_an_entry_is_readable),
    CASE(an_entry_tells_which_thresholds_protect_its_readers),
    CASE(a_store_without_vintage_is_not_published),
    CASE(a_code_with_a_control_character_is_refused),
    CASE(publishing_again_does_nothing),
    CASE(other_content_under_a_published_id_is_refused),
    CASE(a_release_protected_before_another_was_published_is_refused),
    CASE(a_release_comes_after_what_was_published_before_it),
    CASE(a_locked_ledger_is_left_alone),
    CASE(any_changed_byte_of_any_entry_is_noticed),
    CASE(any_changed_byte_of_the_chain_is_noticed),
    CASE(an_entry_rewritten_with_its_line_breaks_the_next_one),
    CASE(missing_swapped_and_added_entries_are_noticed),
    CASE(a_renamed_entry_is_noticed),
    CASE(what_an_entry_cannot_say_is_named_with_its_line),
    CASE(an_append_cut_off_anywhere_is_completed_by_the_next),
    CASE(a_cut_first_append_is_completed_too),
    CASE(a_full_disk_leaves_the_old_ledger),
    CASE(a_killed_append_leaves_the_old_ledger_or_the_new_one))
