/* SPDX-License-Identifier: EUPL-1.2 */
/* A ledger that was changed by hand, or cut off by a crash. */
#include "ledger_fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/hash.h"
#include "base/num.h"

/* --- tampering ------------------------------------------------------------ */

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

/* What is written in an entry in place of what it says, and the error. */
struct damage {
    const char *from, *to, *want;
};

static void check_each(struct desk *desk, const char *sound,
                       const struct damage *cases, size_t count)
{
    for (size_t c = 0; c < count; c++) {
        forge(desk, with(desk, sound, cases[c].from, cases[c].to));
        check_broken(desk, arena_format(desk->arena, "entry '0001-a.txt': %s",
                                        cases[c].want));
    }
}

TEST(what_an_entry_cannot_say_is_named_with_its_line)
{
    static const struct damage cases[] = {
        {"ledger\t2", "ledger\t9", "line 2: expected format 2 of an entry"},
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
        {"axis\tterritory\t1", "perturbed\t0\naxis\tterritory\t1",
         "line 34: expected a number in its range"},
        {"axis\tterritory\t1", "perturbed\t30\naxis\tterritory\t1",
         "line 34: expected another field"},
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
    check_each(&desk, sound, cases, COUNT_OF(cases));
    forge(&desk, sound);
    CHECK_INT(read_ledger(&desk)->count, 1);
    close_desk(&desk);
}

TEST(what_rates_cannot_have_been_computed_with_is_named)
{
    static const struct damage cases[] = {
        {"halves\t1\t", "halves\t-1\t", "line 33: expected a weight"},
        {"halves\t1\t", "halves\tinf\t", "line 33: expected a weight"},
        {"\t49\t0.6", "\t49\tmuch", "line 33: expected a weight"},
        {"\t49\t0.6", "\t1000\t0.6", "line 33: expected a number in its range"},
        {"\t-1\t0.4", "\t-1", "line 33: expected the end of the line"},
        {"at\t2\t0", "at\t3\t0", "line 38: expected a number in its range"},
        {"at\t2\t0", "at\t2\t9", "line 38: expected a number in its range"},
        {"at\t2\t0", "at\t2\t0\t8",
         "line 38: expected person-years by sex and age"},
        {"at\t2\t0\t0", "at\t2\t0\t-1",
         "line 38: expected a number in its range"},
        {"count\t0\t0\tterritory\t0", "count\t0\t0\tterritory",
         "line 46: expected another field"},
        {"count\t0\t0\tterritory\t0", "count\t0\t0\tterritory\t2",
         "line 46: expected a number in its range"},
    };
    struct desk desk;
    open_desk(&desk);
    desk.edition.basis = pub_fixture_basis();
    must_put(&desk, "a");
    const char *sound = slurp(&desk, "0001-a.txt", NULL);
    check_each(&desk, sound, cases, COUNT_OF(cases));
    close_desk(&desk);
}

/* Published by a version that did not keep what rates were computed with. */
TEST(an_entry_of_the_first_format_is_read)
{
    struct desk desk;
    open_desk(&desk);
    must_put(&desk, "a");
    const char *text = slurp(&desk, "0001-a.txt", NULL);
    text = with(&desk, text, "ledger\t2", "ledger\t1");
    for (int c = 0; c < 3; c++)
        text = with(&desk, text, "territory\t0\ncolumn", "territory\ncolumn");
    text = with(&desk, text, "territory\t0\nrow", "territory\nrow");
    forge(&desk, text);
    const struct ledger *ledger = read_ledger(&desk);
    CHECK(ledger != NULL);
    CHECK_INT(ledger->entries[0].tables[0].column_count, 4);
    CHECK_INT(ledger->entries[0].basis.rates_count, 0);
    forge(&desk, with(&desk, text, "table\t", "rates\ta\tb\ntable\t"));
    check_broken(&desk, "entry '0001-a.txt': line 33: expected 'end'");
    close_desk(&desk);
}

/* --- crashes -------------------------------------------------------------- */

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

RUN(CASE(any_changed_byte_of_any_entry_is_noticed),
    CASE(any_changed_byte_of_the_chain_is_noticed),
    CASE(an_entry_rewritten_with_its_line_breaks_the_next_one),
    CASE(missing_swapped_and_added_entries_are_noticed),
    CASE(a_renamed_entry_is_noticed),
    CASE(what_an_entry_cannot_say_is_named_with_its_line),
    CASE(what_rates_cannot_have_been_computed_with_is_named),
    CASE(an_entry_of_the_first_format_is_read),
    CASE(an_append_cut_off_anywhere_is_completed_by_the_next),
    CASE(a_cut_first_append_is_completed_too),
    CASE(a_full_disk_leaves_the_old_ledger),
    CASE(a_killed_append_leaves_the_old_ledger_or_the_new_one))
