/* SPDX-License-Identifier: EUPL-1.2 */
/* script/page.h - what the bindings of page() share.
 *
 * Scripts hold userdata of six kinds, all of them read only: the document,
 * published tables, cells, nodes (a place, a site, a sex, an age, a period),
 * blocks and guarded verbs. Everything they point to lives in the document's
 * arena or in the edition. */
#ifndef SCRIPT_PAGE_H
#define SCRIPT_PAGE_H

#include <lauxlib.h>

#include "geo/geo.h"
#include "script/sandbox.h"
#include "script/script.h"

struct verb_basis; /* model/verb.h */

/* Names of the metatables; they appear in messages. */
#define OBJECT_DOCUMENT "document"
#define OBJECT_TABLE "published table"
#define OBJECT_CELL "cell"
#define OBJECT_NODE "node"
#define OBJECT_BLOCK "block"
#define OBJECT_VERB "guarded verb"

struct page_geo {
    const char *level, *layout;  /* the layout "region/53" is one région's */
    const struct geo_level *geo; /* NULL: no boundary file */
    const bool *inside;          /* [area of geo] of a région, else NULL */
};

/* A value that a script made words of waits for the text that it goes into. */
#define UTTERED_MOST 64

/* Values that one file of a script read since the last text or figure. */
#define READ_TOLD 3
struct read_values {
    const char *script;
    size_t count;
    uint64_t sum;                 /* of all of them, in order */
    const char *words[READ_TOLD]; /* of the first */
};

/* Names that a document has once each. */
struct id_list {
    const char **id;
    size_t count, capacity;
};

struct page {
    struct arena *open;
    const struct page_job *job;
    enum lang lang;
    struct document *document;
    struct standard *standards;
    size_t standard_count;
    struct page_geo *geo; /* levels read so far */
    size_t geo_count, geo_capacity;
    const struct pub_table **datasets;
    size_t dataset_count, dataset_capacity;
    struct id_list ids;         /* of tables and figures so far */
    struct id_list heading_ids; /* of headings */
    struct figure_waiver *waivers;
    size_t waiver_count, waiver_capacity;
    struct said *said; /* in the order in which texts were filled */
    size_t said_count, said_capacity;
    size_t said_taken;                 /* those of the blocks made so far */
    struct said uttered[UTTERED_MOST]; /* the last, in a ring */
    size_t uttered_count;
    struct read_values *reads;
    size_t read_count, read_capacity;
    struct site_words *sites; /* of doc:name_sites() */
    size_t site_count;
    const char *section;  /* the last heading, "" none yet */
    struct block *blocks; /* the document's */
    size_t block_count, block_capacity;
    size_t chapter; /* headings of level 1 so far */
    bool draw_all;  /* also figures outside the chapter of the job */
};

struct page *page_of(lua_State *L);

/* A cell of a published table. */
struct cell {
    const struct pub_table *table;
    size_t row, column;
};

/* A node and the dimension it belongs to. */
struct member {
    enum dim dim;
    const struct node *node;
};

/* Words that an estimate allowed, and by which rule. */
struct guarded {
    const char *text, *rule;
};

/* Places on the six axes of a table. */
struct pick {
    const struct pub_table *table;
    size_t place[DIM_COUNT];
};

/* --- objects -------------------------------------------------------------- */

/* Registers a kind: methods, and optionally the `__index` for fields. */
void object_register(lua_State *L, const char *kind, const luaL_Reg *list,
                     lua_CFunction fields);
void push_table(lua_State *L, const struct pub_table *table);
void push_cell(lua_State *L, struct cell cell);
void push_node(lua_State *L, enum dim dim, const struct node *node);
/* A new block, pushed. */
struct block *push_block(lua_State *L, enum block_kind kind);
const struct pub_table *check_table(lua_State *L, int index);
const struct cell *check_cell(lua_State *L, int index);
const struct pub_table *test_table(lua_State *L, int index); /* or NULL */
const struct member *test_node(lua_State *L, int index);     /* or NULL */
const struct cell *test_cell(lua_State *L, int index);       /* or NULL */
struct block *test_block(lua_State *L, int index);           /* or NULL */
const struct guarded *test_verb(lua_State *L, int index);    /* or NULL */

void register_nodes(lua_State *L);     /* lua_node.c */
void register_tables(lua_State *L);    /* lua_table.c */
void register_document(lua_State *L);  /* lua_document.c */
void register_blocks(lua_State *L);    /* lua_block.c: global functions */
void register_structure(lua_State *L); /* lua_structure.c: those that the whole
                                          document fills */
/* Numbers and references of the finished blocks, by the lists of the project.
 */
bool structure_of_page(struct page *page, struct err *err) MUST_USE;
int l_grid(lua_State *L);    /* lua_grid.c: doc:grid{} */
int l_chart(lua_State *L);   /* lua_chart.c: doc:chart{} */
int l_map(lua_State *L);     /* lua_map.c: doc:map{} */
int l_facts(lua_State *L);   /* lua_facts.c: facts{} */
int l_section(lua_State *L); /* lua_section.c: section{} */
/* twin.c: two blocks that will stand side by side; where both are maps, the one
 * with larger panels is drawn again, with panels as low as the other's. */
void twin_maps(lua_State *L, struct block blocks[2]);
void register_verbs(lua_State *L); /* lua_verb.c */
/* doc:compare(cell, reference cell, "celui de la France", agreement with what
 * is compared, "masculine" unless it is told), doc:trend(first
 * cell, last cell), doc:verb{} -> a guarded verb, and the verdict: "above",
 * "slightly_above", "below", "slightly_below", "similar", "stable", "open"; nil
 * when a value is missing */
int l_compare(lua_State *L);
int l_trend(lua_State *L);
int l_verb(lua_State *L);

/* Adds the blocks of a list (lists in lists too) to the document. */
void page_add(lua_State *L, int index);
/* How long the list of blocks at `index` is, so deep in others (1: in none).
 * Raises for one too deep, as what holds itself is; charges the walk. */
size_t block_list(lua_State *L, int index, int depth);

/* --- picking cells -------------------------------------------------------- */

/* What a script need not say: the only node of an axis, the total, the
 * document's place, the last period. */
struct pick pick_usual(lua_State *L, const struct pub_table *table);
/* The dimension fields of a Lua table ("site", "sex", ...), over `pick`. */
void pick_fields(lua_State *L, int fields, struct pick *pick);
/* Puts a node on its axis; false when the table has not got it. */
bool pick_node(struct pick *pick, enum dim dim, const struct node *node);
const struct node *pick_at(const struct pick *pick, enum dim dim);
/* Names of the dimensions, NULL ended, for field_known. */
extern const char *const pick_names[];
/* The column of a field, raising with the nearest name. */
size_t pick_column(lua_State *L, const struct pub_table *table,
                   const char *name);

/* --- words ---------------------------------------------------------------- */

/* A label as printed: "0-4 ans", "2019-2023", "Hommes", "Poumon". */
const char *words_node(struct page *page, enum dim dim,
                       const struct node *node);
/* "children" or "young" for a class of their ages, who are not called men and
 * women; "" for others. */
const char *words_generation(const struct node *age);
/* The same inside a sentence: "en Bretagne", "de 2019 à 2023", "chez les
 * hommes"; the label elsewhere. */
const char *words_node_in(struct page *page, enum dim dim,
                          const struct node *node);
/* True for the total of a dimension, which sentences leave out. */
bool words_total(enum dim dim, const struct node *node);
/* Heading of a column: "Nouveaux cas", "Taux standardisé, Monde". */
const char *words_column(struct page *page, const struct pub_table *table,
                         size_t column, bool by_age);
/* "Monde (Segi-Doll)"; the code of a standard that has no label. */
const char *words_standard(struct page *page, const char *code);
/* "pour 100 000 personnes-années" / "p. 100 000"; "" for plain counts. */
const char *words_unit(struct page *page, const char *unit);
const char *words_unit_short(struct page *page, const char *unit);
/* "354,9"; the sign when there is no value. */
const char *words_cell(struct page *page, struct cell cell);
/* True when its values are printed as words or names: classes, years. */
bool words_are_text(const struct pub_column *column);
/* Classes alone: words in a table, where years stand like numbers. */
bool words_are_class(const struct pub_column *column);
/* For a sentence: "12,3 %"; "valeur non publiée (secret statistique)". */
const char *words_cell_said(struct page *page, struct cell cell);
/* Value and limits of a cell; limits are the value when it has none. False
 * when one is not published. */
bool read_verb_basis(const struct cell *cell, struct verb_basis *basis);
bool words_is_limit(struct cell cell);
/* True for a limit that is withheld though its value is shown. */
bool words_limit_withheld(struct cell cell);
/* "4,1 millions", and its interval as roughly: "" where that has no width. */
const char *words_cell_about(struct page *page, struct cell cell);
const char *words_interval_about(struct page *page, struct cell cell);
/* Whether it is a limit that is printed like the other one. */
bool words_limit_narrow(struct page *page, struct cell cell);
/* "[IC95 % : 1,2 ; 3,4]", "[IC95 % non publié]", "" without interval. */
const char *words_interval(struct page *page, struct cell cell);
/* "(intervalle de confiance à 95 % : de 352,1 à 357,8)", for a sentence that
 * anybody reads; "(... non publié)", "" without limits. */
const char *words_limits(struct page *page, struct cell cell);
/* Share 0..1 that the sources cover, in %: never rounded to all or to none,
 * which would deny what is missing or what is there. */
double words_covered(double share, int decimals);
/* "poumon" for "Poumon", but "TSM" for "TSM". */
const char *words_lower(struct page *page, const char *text);
/* What stands for a Lua value in a text: a text, a cell or a node. */
const char *words_value(lua_State *L, int index, const char *field);
/* House typography of a text given by the author. */
const char *words_typeset(struct page *page, const char *text);

#endif
