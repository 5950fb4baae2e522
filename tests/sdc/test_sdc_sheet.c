/* SPDX-License-Identifier: EUPL-1.2 */
/* One table outside any release: axes, sums, and what is refused. */
#include "sheet_fixture.h"

#include <signal.h>
#include <sys/resource.h>

/* The cell of "CODE CODE ...", one code per axis. */
static size_t cell_of(struct desk *desk, const char *codes)
{
    char **words;
    size_t cell = 0;
    CHECK_INT(text_split(desk->arena, codes, ' ', &words),
              desk->sheet->axis_count);
    for (size_t a = 0; a < desk->sheet->axis_count; a++) {
        const struct sheet_axis *axis = &desk->sheet->axes[a];
        size_t node = 0;
        while (!text_same(axis->codes[node], words[a]))
            CHECK(++node < axis->nodes);
        cell += node * desk->sheet->strides[a];
    }
    return cell;
}

static int64_t count_of(struct desk *desk, const char *codes)
{
    return desk->sheet->counts[cell_of(desk, codes)];
}

/* --- axes ---------------------------------------------------------------- */

TEST(an_axis_has_the_codes_in_file_order_and_relations_bottom_up)
{
    struct desk desk = desk_new();
    desk_small(&desk);
    CHECK_INT(desk.sheet->axis_count, 2);
    CHECK_INT(desk.sheet->cells, 15);
    CHECK_INT(desk.sheet->strides[0], 3);
    CHECK_INT(desk.sheet->strides[1], 1);
    const struct sheet_axis *dep = &desk.sheet->axes[0];
    CHECK_TEXT(dep->name, "dep");
    CHECK_INT(dep->nodes, 5);
    CHECK_TEXT(dep->codes[0], "F");
    CHECK_TEXT(dep->codes[4], "D3");
    CHECK_INT(dep->relation_count, 2);
    CHECK_INT(dep->relations[0].total, 1);
    CHECK_INT(dep->relations[0].count, 2);
    CHECK_INT(dep->relations[1].total, 0);
    CHECK_INT(dep->relations[1].parts[0], 1);
    CHECK_INT(dep->relations[1].parts[1], 4);
    CHECK_INT(dep->leaf_count, 3);
    CHECK_INT(dep->leaf_node[2], 4);
    CHECK(sheet_is_leaf(dep, 4));
    CHECK(!sheet_is_leaf(dep, 0));
    CHECK_TEXT(sheet_name(desk.arena, desk.sheet, 14), "dep D3, sex W");
    desk_end(&desk);
}

TEST(every_cell_is_the_sum_of_its_leaves)
{
    struct desk desk = desk_new();
    desk_small(&desk);
    CHECK_INT(count_of(&desk, "F T"), 47);
    CHECK_INT(count_of(&desk, "R1 T"), 15);
    CHECK_INT(count_of(&desk, "R1 W"), 10);
    CHECK_INT(count_of(&desk, "D3 M"), 0);
    CHECK_INT(count_of(&desk, "D3 T"), 32);
    for (size_t c = 0; c < desk.sheet->cells; c++)
        CHECK_INT(desk.sheet->status[c], SHEET_SHOWN);
    desk_end(&desk);
}

TEST(lines_of_a_hierarchy_may_come_in_any_order)
{
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "x,R\ny,S\nR,T\nS,T\nz,S\nT,\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\nx,1\ny,2\nz,4\n"));
    CHECK_TEXT(desk.sheet->axes[0].codes[0], "x");
    CHECK_INT(count_of(&desk, "T"), 7);
    CHECK_INT(count_of(&desk, "S"), 6);
    desk_end(&desk);
}

TEST(a_code_with_one_part_is_no_leaf)
{
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "T,\nR,T\nx,R\n");
    CHECK(desk_axes(&desk));
    CHECK_INT(desk.sheet->axes[0].leaf_count, 1);
    CHECK(!sheet_is_leaf(&desk.sheet->axes[0], 1));
    CHECK(!desk_leaves(&desk, "a,n\nR,3\n"));
    CHECK_TEXT(desk.err.text,
               "the leaves cannot be read:\n  leaf.csv:2: column 'a': code "
               "'R' is no leaf: it is a sum of others");
    CHECK(desk_leaves(&desk, "a,n\nx,3\n"));
    CHECK_INT(count_of(&desk, "T"), 3);
    desk_end(&desk);
}

TEST(a_root_alone_is_a_leaf)
{
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "T,\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\nT,9\n"));
    CHECK_INT(desk.sheet->cells, 1);
    CHECK_INT(count_of(&desk, "T"), 9);
    desk_end(&desk);
}

TEST(territories_that_do_not_nest_share_their_leaves)
{
    struct desk desk = desk_new();
    desk_crossing(&desk);
    const struct sheet_axis *place = &desk.sheet->axes[0];
    CHECK_INT(place->nodes, 10);
    CHECK_INT(place->relation_count, 6);
    CHECK_INT(place->leaf_count, 5);
    CHECK_INT(count_of(&desk, "C1 T"), 36);
    CHECK_INT(count_of(&desk, "G1 T"), 22);
    CHECK_INT(count_of(&desk, "G2 old"), 72);
    CHECK_INT(count_of(&desk, "All T"), 121);
    desk_end(&desk);
}

TEST(a_relation_that_two_files_give_stands_once)
{
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "T,\nR,T\nS,T\nx,R\ny,R\nz,S\n");
    desk_hierarchy(&desk, "a", "b.csv", "T,\nV,T\ny,R\nx,R\nR,V\nz,V\n");
    CHECK(desk_axes(&desk));
    CHECK_INT(desk.sheet->axes[0].relation_count, 5);
    desk_end(&desk);
}

TEST(a_leaf_of_one_file_may_be_divided_in_another)
{
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "T,\nR,T\nS,T\n");
    desk_hierarchy(&desk, "a", "b.csv", "All,\nR,All\nS,All\nx,R\ny,R\n");
    CHECK(desk_axes(&desk));
    CHECK_INT(desk.sheet->axes[0].leaf_count, 3);
    CHECK(desk_leaves(&desk, "a,n\nx,1\ny,2\nS,4\n"));
    CHECK_INT(count_of(&desk, "T"), 7);
    CHECK_INT(count_of(&desk, "All"), 7);
    CHECK_INT(count_of(&desk, "R"), 3);
    desk_end(&desk);
}

struct refusal {
    const char *first, *second; /* files of one axis; NULL for none */
    const char *want;
};

TEST(wrong_hierarchies_are_refused_with_file_and_line)
{
    static const struct refusal refusals[] = {
        {"T,\nx,T\nx,T\n", NULL, "a.csv:4: code 'x' appears twice"},
        {"T,\nx,U\n", NULL, "a.csv:3: code 'x': no parent 'U'"},
        {"T,\nU,\n", NULL, "a.csv:3: code 'U' is a second root beside 'T'"},
        {"", NULL, "a.csv: no root: no code has an empty parent"},
        {"T,\nx,y\ny,x\nz,x\n", NULL, "a.csv:3: code 'x' is below itself"},
        {"T,\nx,x\n", NULL, "a.csv:3: code 'x' is below itself"},
        {",T\nT,\n", NULL, "a.csv:2: column 'code': expected a code"},
        {"T,\n*,T\n", NULL,
         "a.csv:3: column 'code': '*' stands for all codes and cannot be one"},
        {"T,\nx\n", NULL, "a.csv:3: 1 fields where the header has 2"},
        {"T,\nx,T\ny,T\n", "U,\nx,U\n",
         "b.csv:2: root 'U' does not cover 'y', which another file of axis "
         "'a' has"},
        {"T,\nx,T\n", "U,\nx,U\nz,U\n",
         "a.csv:2: root 'T' does not cover 'z', which another file of axis "
         "'a' has"},
        {"T,\nR,T\nx,R\ny,T\n", "U,\nR,U\ny,R\nx,U\n",
         "b.csv:3: code 'R' does not hold 'x', as it does in a.csv\n"
         "  b.csv:2: code 'U' holds 'x' twice"},
        {"T,\nx,T\n", "T,\nx,T\ny,T\n",
         "b.csv:2: code 'T' holds 'y', as it does not in a.csv"},
        {"T,\nR,T\nS,R\nx,S\n", "U,\nS,U\nR,S\nx,U\n",
         "axis 'a': code 'R' is below itself in its files taken together"},
        {"x,S\nT,\nR,T\ny,R\nS,R\n", "U,\nS,U\ny,S\nR,S\nx,R\n",
         "axis 'a': code 'S' is below itself in its files taken together"},
        {"T,\nR,T\nx,R\ny,T\n", "U,\nR,U\nx,U\ny,U\n",
         "b.csv:2: code 'U' holds 'x' twice"},
    };
    for (size_t r = 0; r < COUNT_OF(refusals); r++) {
        struct desk desk = desk_new();
        desk_hierarchy(&desk, "a", "a.csv", refusals[r].first);
        if (refusals[r].second != NULL)
            desk_hierarchy(&desk, "a", "b.csv", refusals[r].second);
        CHECK(!desk_axes(&desk));
        CHECK_INT(desk.err.code, ERR_INPUT);
        CHECK_TEXT(desk.err.id, "sheet.axes");
        CHECK_TEXT(desk.err.text,
                   arena_format(desk.arena, "the axes cannot be read:\n  %s",
                                refusals[r].want));
        desk_end(&desk);
    }
}

TEST(columns_of_a_hierarchy_are_code_and_parent)
{
    struct desk desk = desk_new();
    desk.sources[desk.source_count++] = (struct sheet_source){"a", "a.csv"};
    desk_put("a.csv", "code,mother,label\nT,,All\n");
    CHECK(!desk_axes(&desk));
    CHECK_TEXT(desk.err.text,
               "the axes cannot be read:\n"
               "  a.csv:1: expected the columns code and parent\n"
               "  a.csv:1: unexpected column 'mother'\n"
               "  a.csv:1: unexpected column 'label'");
    desk.sources[0].path = "none.csv";
    CHECK(!desk_axes(&desk));
    CHECK_INT(desk.err.code, ERR_IO);
    CHECK_TEXT(desk.err.text,
               "cannot open 'none.csv': No such file or directory");
    desk_end(&desk);
}

TEST(faults_of_several_files_come_together)
{
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "T,\nx,U\ny,V\n");
    desk_hierarchy(&desk, "b", "b.csv", "T,\nU,\n");
    CHECK(!desk_axes(&desk));
    CHECK_TEXT(desk.err.text,
               "the axes cannot be read:\n"
               "  a.csv:3: code 'x': no parent 'U'\n"
               "  a.csv:4: code 'y': no parent 'V'\n"
               "  b.csv:3: code 'U' is a second root beside 'T'");
    desk_end(&desk);
}

TEST(names_of_axes_are_not_those_of_other_columns)
{
    static const char *const taken[] = {"n", "status", "cost", ""};
    for (size_t t = 0; t < COUNT_OF(taken); t++) {
        struct desk desk = desk_new();
        desk_hierarchy(&desk, taken[t], "a.csv", "T,\n");
        CHECK(!desk_axes(&desk));
        CHECK_TEXT(desk.err.text,
                   arena_format(desk.arena,
                                "axis '%s': expected a name other than n, "
                                "status and cost",
                                taken[t]));
        desk_end(&desk);
    }
}

TEST(a_table_with_too_many_cells_is_refused)
{
    struct desk desk = desk_new();
    struct text rows = text_new(desk.arena);
    text_add(&rows, "T,\n");
    for (int i = 0; i < 2000; i++)
        text_format(&rows, "x%d,T\n", i);
    desk_hierarchy(&desk, "a", "a.csv", rows.at);
    desk_hierarchy(&desk, "b", "b.csv", rows.at);
    desk_hierarchy(&desk, "c", "c.csv", rows.at);
    CHECK(!desk_axes(&desk));
    CHECK_TEXT(desk.err.text,
               "the table is too large: expected fewer than 4294967295 "
               "combinations of codes");
    desk_end(&desk);
}

/* --- leaves -------------------------------------------------------------- */

TEST(wrong_leaves_are_refused_with_file_line_and_column_but_no_count)
{
    static const struct {
        const char *text, *want;
    } refusals[] = {
        {"sex,dep,n\nM,D9,1\n", "leaf.csv:2: column 'dep': unknown code 'D9'"},
        {"sex,dep,n\nM,R1,1\n",
         "leaf.csv:2: column 'dep': code 'R1' is no leaf: it is a sum of "
         "others"},
        {"sex,dep,n\nM,D1,71\nM,D2,2\nM,D1,71\n",
         "leaf.csv:4: the same cell as line 2"},
        {"sex,dep,n\nM,D1,-71\n",
         "leaf.csv:2: column 'n': expected a whole number, 0 or more"},
        {"sex,dep,n\nM,D1,71.5\n",
         "leaf.csv:2: column 'n': expected a whole number, 0 or more"},
        {"sex,dep,n\nM,D1,\n",
         "leaf.csv:2: column 'n': expected a whole number, 0 or more"},
        {"sex,dep,n\nM,D1,9223372036854775807\nW,D1,1\n",
         "leaf.csv:3: column 'n': the sum of all rows does not fit"},
        {"sex,n\nM,1\n", "leaf.csv:1: no column 'dep'"
                         "; known are: sex, n"},
        {"sex,dep\nM,D1\n", "leaf.csv:1: no column 'n'"
                            "; known are: sex, dep"},
        {"sex,dep,n,year\nM,D1,1,2\n",
         "leaf.csv:1: unexpected column 'year': no hierarchy was given for "
         "it"},
        {"sex,dep,n\nM,D1\n", "leaf.csv:2: 2 fields where the header has 3"},
        {"", "leaf.csv:1: the header row is missing"},
    };
    struct desk desk = desk_new();
    desk_small(&desk);
    for (size_t r = 0; r < COUNT_OF(refusals); r++) {
        CHECK(!desk_leaves(&desk, refusals[r].text));
        CHECK_INT(desk.err.code, ERR_INPUT);
        CHECK_TEXT(desk.err.id, "sheet.leaves");
        CHECK_TEXT(desk.err.text,
                   arena_format(desk.arena, "the leaves cannot be read:\n  %s",
                                refusals[r].want));
        CHECK(strstr(desk.err.text, "71") == NULL);
        CHECK_INT(count_of(&desk, "F T"), 47); /* as it was */
    }
    desk_end(&desk);
}

TEST(the_first_twenty_faults_are_told)
{
    struct desk desk = desk_new();
    desk_small(&desk);
    struct text rows = text_new(desk.arena);
    text_add(&rows, "sex,dep,n\n");
    for (int i = 0; i < 30; i++)
        text_add(&rows, "M,D9,1\n");
    CHECK(!desk_leaves(&desk, rows.at));
    CHECK(strstr(desk.err.text, "\n  leaf.csv:21: ") != NULL);
    CHECK(strstr(desk.err.text, "\n  leaf.csv:22: ") == NULL);
    CHECK(text_ends(desk.err.text, "\n  (the first 20; reading stopped)"));
    desk_end(&desk);
}

/* --- the published file -------------------------------------------------- */

TEST(a_sheet_is_written_in_the_order_of_its_cells)
{
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "T,\n\"x, y\",T\nz,T\n");
    CHECK(desk_axes(&desk));
    CHECK(desk_leaves(&desk, "a,n\n\"x, y\",3\nz,40\n"));
    desk.sheet->status[1] = SHEET_PRIMARY;
    desk.sheet->status[0] = SHEET_SECONDARY;
    CHECK(sheet_write(desk.sheet, "o.csv", false, &desk.err));
    CHECK_TEXT(desk_get(&desk, "o.csv"),
               "a,n,status\nT,,suppressed\n\"x, y\",,suppressed\nz,40,shown\n");
    CHECK(sheet_write(desk.sheet, "o.csv", true, &desk.err));
    CHECK_TEXT(desk_get(&desk, "o.csv"),
               "a,n,status\nT,,secondary\n\"x, y\",,primary\nz,40,shown\n");
    desk_end(&desk);
}

TEST(what_was_written_reads_back_as_published)
{
    struct desk desk = desk_new();
    desk_crossing(&desk);
    struct sheet *inside = desk.sheet;
    for (size_t c = 0; c < inside->cells; c += 3)
        inside->status[c] = c % 2 ? SHEET_PRIMARY : SHEET_SECONDARY;
    CHECK(sheet_write(inside, "public.csv", false, &desk.err));
    CHECK(desk_axes(&desk));
    CHECK(sheet_read_public(desk.arena, desk.sheet, "public.csv", &desk.err));
    for (size_t c = 0; c < inside->cells; c++) {
        bool shown = c % 3 != 0;
        CHECK_INT(desk.sheet->counts[c], shown ? inside->counts[c] : 0);
        CHECK_INT(desk.sheet->status[c],
                  shown ? SHEET_SHOWN : SHEET_SUPPRESSED);
    }
    CHECK(sheet_write(desk.sheet, "again.csv", true, &desk.err));
    CHECK_TEXT(desk_get(&desk, "again.csv"), desk_get(&desk, "public.csv"));
    CHECK(sheet_write(inside, "inside.csv", true, &desk.err));
    CHECK(sheet_read_public(desk.arena, desk.sheet, "inside.csv", &desk.err));
    CHECK(memcmp(desk.sheet->status, inside->status, inside->cells) == 0);
    desk_end(&desk);
}

TEST(wrong_published_files_are_refused)
{
    static const struct {
        const char *text, *want;
    } refusals[] = {
        {"a,n,status\nT,3,shown\nx,1,shown\ny,2,hidden\n",
         "out.csv:4: column 'status': expected shown, suppressed, primary or "
         "secondary"},
        {"a,n,status\nT,3,shown\nx,,shown\ny,2,shown\n",
         "out.csv:3: column 'n': expected a whole number, 0 or more"},
        {"a,n,status\nT,3,shown\nx,1,suppressed\ny,2,shown\n",
         "out.csv:3: column 'n': expected nothing in a cell that is not "
         "shown"},
        {"a,n,status\nT,3,shown\nT,3,shown\nx,1,shown\ny,2,shown\n",
         "out.csv:3: the same cell as line 2"},
        {"a,n,status\nT,3,shown\nx,1,shown\n", "out.csv: no row for a y"},
        {"a,n,status\nT,4,shown\nx,1,shown\ny,2,shown\n",
         "out.csv: a T is not the sum of its parts along 'a'"},
        {"a,n,status\nT,4,shown\nx,9223372036854775807,shown\n"
         "y,9223372036854775807,shown\n",
         "out.csv: a T is not the sum of its parts along 'a'"},
        {"a,n\nT,3\n", "out.csv:1: no column 'status'"
                       "; known are: a, n"},
    };
    struct desk desk = desk_new();
    desk_hierarchy(&desk, "a", "a.csv", "T,\nx,T\ny,T\n");
    CHECK(desk_axes(&desk));
    for (size_t r = 0; r < COUNT_OF(refusals); r++) {
        CHECK(!desk_public(&desk, refusals[r].text));
        CHECK_TEXT(desk.err.id, "sheet.public");
        CHECK(desk.sheet->counts == NULL);
        CHECK_TEXT(desk.err.text,
                   arena_format(desk.arena,
                                "the published table cannot be read:\n  %s",
                                refusals[r].want));
    }
    CHECK(desk_public(&desk, "a,n,status\nT,4,shown\nx,,suppressed\n"
                             "y,2,shown\n"));
    desk_end(&desk);
}

TEST(a_table_that_cannot_be_written_is_not_left)
{
    struct desk desk = desk_new();
    desk_small(&desk);
    CHECK(!sheet_write(desk.sheet, "none/o.csv", false, &desk.err));
    CHECK_INT(desk.err.code, ERR_IO);
    CHECK_TEXT(desk.err.text,
               "cannot open 'none/o.csv': No such file or directory");
    struct rlimit before, small = {16, 16};
    CHECK_INT(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
    desk.err = (struct err){0};
    bool ok = sheet_write(desk.sheet, "o.csv", false, &desk.err);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &before), 0);
    CHECK(!ok);
    CHECK_TEXT(desk.err.text, "cannot write 'o.csv': File too large");
    CHECK(!fs_exists("o.csv"));
    desk_end(&desk);
}

/* --- against plain sums --------------------------------------------------- */

static uint32_t dice(uint32_t *state, uint32_t sides)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 16) % sides;
}

/* A tree of leaves 0..count-1, written in a shuffled order: node i > 0 of the
 * inner ones hangs under an earlier one, each leaf under some inner node. */
static void random_tree(struct desk *desk, uint32_t *state, const char *axis,
                        const char *file, int leaves)
{
    int inner = 1 + (int)dice(state, leaves < 4 ? (uint32_t)leaves : 4);
    int count = inner + leaves;
    int parent[40], order[40];
    for (int i = 0; i < count; i++) {
        parent[i] =
            i == 0 ? -1 : (int)dice(state, (uint32_t)(i < inner ? i : inner));
        order[i] = i;
    }
    /* An inner node without parts would be a leaf of this file only. */
    for (int i = 0; i < inner; i++)
        parent[inner + i] = i;
    for (int i = count - 1; i > 0; i--) {
        int j = (int)dice(state, (uint32_t)i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    struct text rows = text_new(desk->arena);
    for (int i = 0; i < count; i++) {
        int at = order[i];
        if (at < inner)
            text_format(&rows, "%s%d,", file, at);
        else
            text_format(&rows, "x%d,", at - inner);
        if (parent[at] >= 0)
            text_format(&rows, "%s%d", file, parent[at]);
        text_add_char(&rows, '\n');
    }
    desk_hierarchy(desk, axis, file, rows.at);
}

/* True when `leaf` is the node itself or below it, by the relations alone. */
static bool is_below(const struct sheet_axis *axis, size_t leaf, size_t node)
{
    if (leaf == node)
        return true;
    for (size_t r = 0; r < axis->relation_count; r++) {
        const struct sheet_relation *relation = &axis->relations[r];
        for (size_t p = 0; relation->total == node && p < relation->count;
             p++) {
            if (is_below(axis, leaf, relation->parts[p]))
                return true;
        }
    }
    return false;
}

static int64_t plain_sum(const struct sheet *sheet, const int64_t *leaves,
                         size_t cell)
{
    int64_t sum = 0;
    for (size_t c = 0; c < sheet->cells; c++) {
        bool below = leaves[c] != 0;
        for (size_t a = 0; below && a < sheet->axis_count; a++)
            below = is_below(&sheet->axes[a], sheet_node(sheet, c, a),
                             sheet_node(sheet, cell, a));
        sum += below ? leaves[c] : 0;
    }
    return sum;
}

/* Random counts for all leaf cells: the file, and what it holds by cell. */
static const char *random_leaves(struct desk *desk, uint32_t *state,
                                 int64_t *leaves)
{
    const struct sheet *sheet = desk->sheet;
    struct text rows = text_new(desk->arena);
    for (size_t a = sheet->axis_count; a-- > 0;)
        text_format(&rows, "%s,", sheet->axes[a].name);
    text_add(&rows, "n\n");
    for (size_t c = 0; c < sheet->cells; c++) {
        bool leaf = true;
        for (size_t a = 0; a < sheet->axis_count; a++)
            leaf =
                leaf && sheet_is_leaf(&sheet->axes[a], sheet_node(sheet, c, a));
        if (!leaf || dice(state, 4) == 0)
            continue;
        leaves[c] = 1 + dice(state, 30);
        for (size_t a = sheet->axis_count; a-- > 0;)
            text_format(&rows, "%s,",
                        sheet->axes[a].codes[sheet_node(sheet, c, a)]);
        text_format(&rows, "%d\n", (int)leaves[c]);
    }
    return rows.at;
}

TEST(random_tables_are_the_plain_sums_of_their_leaves)
{
    uint32_t state = 7;
    for (int round = 0; round < 40; round++) {
        struct desk desk = desk_new();
        random_tree(&desk, &state, "a", "p", 2 + (int)dice(&state, 5));
        int leaves = 2 + (int)dice(&state, 4);
        random_tree(&desk, &state, "b", "q", leaves);
        if (round % 2 == 0)
            random_tree(&desk, &state, "b", "r", leaves);
        if (round % 3 == 0)
            random_tree(&desk, &state, "c", "s", 2);
        CHECK(desk_axes(&desk));
        int64_t *plain =
            arena_array(desk.arena, desk.sheet->cells, sizeof *plain);
        CHECK(desk_leaves(&desk, random_leaves(&desk, &state, plain)));
        for (size_t c = 0; c < desk.sheet->cells; c++)
            CHECK_INT(desk.sheet->counts[c], plain_sum(desk.sheet, plain, c));
        desk_end(&desk);
    }
}

RUN(CASE(an_axis_has_the_codes_in_file_order_and_relations_bottom_up),
    CASE(every_cell_is_the_sum_of_its_leaves),
    CASE(lines_of_a_hierarchy_may_come_in_any_order),
    CASE(a_code_with_one_part_is_no_leaf), CASE(a_root_alone_is_a_leaf),
    CASE(territories_that_do_not_nest_share_their_leaves),
    CASE(a_relation_that_two_files_give_stands_once),
    CASE(a_leaf_of_one_file_may_be_divided_in_another),
    CASE(wrong_hierarchies_are_refused_with_file_and_line),
    CASE(columns_of_a_hierarchy_are_code_and_parent),
    CASE(faults_of_several_files_come_together),
    CASE(names_of_axes_are_not_those_of_other_columns),
    CASE(a_table_with_too_many_cells_is_refused),
    CASE(wrong_leaves_are_refused_with_file_line_and_column_but_no_count),
    CASE(the_first_twenty_faults_are_told),
    CASE(a_sheet_is_written_in_the_order_of_its_cells),
    CASE(what_was_written_reads_back_as_published),
    CASE(wrong_published_files_are_refused),
    CASE(a_table_that_cannot_be_written_is_not_left),
    CASE(random_tables_are_the_plain_sums_of_their_leaves))
