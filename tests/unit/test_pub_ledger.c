/* SPDX-License-Identifier: EUPL-1.2 */
/* What an entry of the ledger holds, and what may be appended. */
#include "ledger_fixture.h"

#include <fcntl.h>
#include <sys/wait.h>

/* --- what an entry holds -------------------------------------------------- */

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
    CHECK(text_starts(text, "panorama-ledger\t2\nprevious\t-\n"
                            "release\trnc-2025\naudience\tpublic\n"
                            "date\t2026-02-04\nstate\tdraft\n"
                            "extracted\t2025-03-31\nsnapshot\ts-1\n"
                            "threshold\t11\ncontent\trnc-2025\n"
                            "leaves\tterritory\tdepartement/29\t"));
    CHECK(strstr(text, "\nset\tterritory\t0-1\n") != NULL);
    CHECK(strstr(text, "\nrow\t100\t1.5\t2.5\t3.5\nrow\tc\tc\tc\tc\n") != NULL);
    close_desk(&desk);
}

/* A column of each sort, so that what it is by is seen. */
TEST(an_entry_holds_what_rates_were_computed_with)
{
    struct desk desk;
    open_desk(&desk);
    desk.edition.basis = pub_fixture_basis();
    must_put(&desk, "rnc-2025");
    CHECK(strstr(slurp(&desk, "0001-rnc-2025.txt", NULL),
                 "\nstandard\thalves\t1\t0\t49\t0.6\t50\t-1\t0.4\n"
                 "standard\twhole\t100000\t0\t-1\t100000\n"
                 "rates\tcases\tpopulation\nyears\tpopulation\n"
                 "at\t0\t0\t1\t0\t3000\t7\t5\t6\t7\t2147483646\n"
                 "at\t2\t0\t0\t0\t0\t1\t0\t0\t0\t0\ntable\t") != NULL);
    const struct ledger_entry *entry = &read_ledger(&desk)->entries[0];
    pub_fixture_check_basis(&entry->basis);
    CHECK(!entry->tables[0].columns[1].by_sex);
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
               "release 'rnc-2025': its store has no extraction_date "
               "YYYY-MM-DD, by which later releases would know its numbers");
    CHECK_INT(read_ledger(&desk)->count, 0);
    close_desk(&desk);
}

TEST(a_vintage_that_is_no_date_is_not_published)
{
    struct desk desk;
    struct pair day = {"extraction_date", "2025-02-30"};
    enum ledger_outcome outcome;
    open_desk(&desk);
    desk.codes.registry = &day;
    desk.codes.registry_count = 1;
    CHECK(!put(&desk, "rnc-2025", "x", &outcome));
    CHECK_INT(desk.err.code, ERR_INPUT);
    CHECK_TEXT(desk.err.id, "ledger.vintage");
    close_desk(&desk);
}

TEST(a_code_with_a_control_character_is_refused)
{
    struct desk desk;
    enum ledger_outcome outcome;
    open_desk(&desk);
    desk.project.publisher[LANG_FR] = "not printed\n";
    registry[1].value = "s\t1";
    CHECK(!put(&desk, "rnc-2025", "x", &outcome));
    registry[1].value = "s-1";
    CHECK_INT(desk.err.code, ERR_INPUT);
    CHECK_TEXT(desk.err.text,
               "a code of the release holds a control character");
    close_desk(&desk);
}

/* --- appending ------------------------------------------------------------ */

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

RUN(CASE(a_ledger_that_does_not_exist_is_empty),
    CASE(an_entry_holds_every_cell_as_published),
    CASE(cells_are_told_by_the_leaves_they_sum),
    CASE(the_text_of_an_entry_is_readable),
    CASE(an_entry_holds_what_rates_were_computed_with),
    CASE(an_entry_tells_which_thresholds_protect_its_readers),
    CASE(a_store_without_vintage_is_not_published),
    CASE(a_vintage_that_is_no_date_is_not_published),
    CASE(a_code_with_a_control_character_is_refused),
    CASE(publishing_again_does_nothing),
    CASE(other_content_under_a_published_id_is_refused),
    CASE(a_release_protected_before_another_was_published_is_refused),
    CASE(a_release_comes_after_what_was_published_before_it),
    CASE(a_locked_ledger_is_left_alone))
