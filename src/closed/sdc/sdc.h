/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/sdc.h - disclosure control of a whole release. CONFIDENTIAL.
 *
 * The universe holds every count that any planned table shows, once: a cell is
 * (measure, node per dimension). Cells of two tables with equal keys are one
 * cell with one fate. sdc_protect decides which are suppressed, proves by
 * integer witnesses that no suppressed cell is exposed to the strict attack
 * (DESIGN section 6), and only then gives a clearance. Any doubt is
 * ERR_DISCLOSURE naming the cell or rule, never a count. */
#ifndef SDC_SDC_H
#define SDC_SDC_H

#include "base/fs.h"
#include "base/hash.h"
#include "model/code.h"
#include "model/project.h"

struct universe;
struct clearance;

struct sdc_cell_key {
    const char *measure;
    int node[DIM_COUNT];
};

struct sdc_leaves {
    const uint16_t *at; /* ascending */
    size_t count;
};

/* An empty universe over these codes. Bands and pooled periods must already
 * be in `codes`. */
struct universe *universe_new(struct arena *closed, const struct codes *codes,
                              const struct policy *policy);

/* Lets an inside key, which must outlive the universe, choose between cells
 * that cost the same to suppress: whoever runs this program again without it
 * does not get the same pattern. */
void universe_break_ties(struct universe *universe, const struct hash_key *key);

/* Adds a cell and returns its number; an equal key gives the same number. The
 * count must then be equal (ERR_DISCLOSURE otherwise). `limit` is a public
 * upper bound on the count (a population), or INT64_MAX. `structural` marks a
 * known zero (sex-specific site, territory not covered) that everybody can
 * deduce. */
bool universe_add(struct universe *universe, const struct sdc_cell_key *key,
                  int64_t count, int64_t limit, bool structural, size_t *cell,
                  struct err *err) MUST_USE;
size_t universe_cells(const struct universe *universe);

/* Asks that a cell be suppressed whatever its count: a reason outside this
 * module. It is protected like a primary cell. Structural zeros stay shown. */
void universe_suppress(struct universe *universe, size_t cell);

/* Withholds a cell for a reason that needs no proof of its own, such as
 * another audience's edition. It may be worked back unless that would expose
 * other cells. Structural zeros stay shown. */
void universe_keep(struct universe *universe, size_t cell);

/* Says that the cell is the numerator of a public proportion: what is left up
 * to the public `whole` counts persons as well (rule_non_events). Of several
 * wholes the one that leaves fewest is judged. ERR_DISCLOSURE when the count
 * exceeds the whole. */
bool universe_complement(struct universe *universe, size_t cell, int64_t whole,
                         struct err *err) MUST_USE;

/* Checks that every rule of the policy selects something that the codes have.
 * ERR_SCRIPT naming rule, field and code. sdc_protect does the same, late. */
bool sdc_check_rules(const struct codes *codes, const struct policy *policy,
                     struct err *err) MUST_USE;

/* A source of exact counts for hidden cells that close the universe (atoms
 * that no table shows). *structural is true when everybody knows that the
 * count is zero: a sex-specific site, or nothing of the cell is covered. */
typedef bool sdc_count(void *context, const struct sdc_cell_key *key,
                       int64_t *count, bool *structural, struct err *err);

/* A cell that another release published, of the same numbers as this one's:
 * same vintage, or declared unrevised. Its codes may be gone; what counts is
 * the leaves that it sums. */
enum past_status {
    PAST_SHOWN,        /* readers know its count */
    PAST_CONFIDENTIAL, /* they know that it was suppressed */
};
#define PAST_NOT_PRINTED INT64_C(-1)
struct past_cell {
    const char *release; /* id, for messages */
    const char *measure;
    size_t sets[DIM_COUNT]; /* from universe_past_set */
    enum past_status status;
    int64_t count; /* as printed, or PAST_NOT_PRINTED */
    int64_t limit; /* public upper bound, or INT64_MAX */
    bool about;    /* shown, but only the digits of its rates tell that the
                      store still has its count */
};

/* The set of these leaves (ascending, at least one) as a number for past
 * cells. From here on no cell of the release itself may be added. */
bool universe_past_set(struct universe *universe, enum dim dim,
                       const uint16_t *leaves, size_t count, size_t *set,
                       struct err *err) MUST_USE;
/* Joins the cell to what is decided. A shown one is public: it bounds the
 * attack, and nothing hides it again; the release itself still withholds it
 * where a rule asks for that. A confidential one stays suppressed, as by
 * universe_keep or by the rules of this release, unless a rule wants it shown.
 * Counts are asked from `source`. ERR_DISCLOSURE "sdc.past" when the source
 * contradicts what was shown; sdc_protect says the same of a count that is
 * known by its rates alone and that a rule withholds: it may not be that of
 * then. */
bool universe_add_past(struct universe *universe, const struct past_cell *past,
                       sdc_count *source, void *context,
                       struct err *err) MUST_USE;
/* The same for a cell that was revised in part: `sets` is the part that was
 * not, `count` what was shown of the whole. The rest has a number of its own
 * that nobody may subtract: the part is suppressed and protected where the
 * rest is small or the whole was suppressed. What was shown of the whole
 * bounds the part. ERR_DISCLOSURE "sdc.past" when the part is more. */
bool universe_add_partly_past(struct universe *universe,
                              const struct past_cell *past, sdc_count *source,
                              void *context, struct err *err) MUST_USE;
/* The count of the cell in `source`, which may be a later vintage, whatever was
 * printed of it. Nothing is joined. */
bool universe_past_count(struct universe *universe,
                         const struct past_cell *past, sdc_count *source,
                         void *context, int64_t *count,
                         struct err *err) MUST_USE;
/* Whether it is still the count that was printed. */
bool universe_past_stands(struct universe *universe,
                          const struct past_cell *past, sdc_count *source,
                          void *context, bool *stands,
                          struct err *err) MUST_USE;
/* The same for a suppressed cell of other numbers (revised, not declared
 * otherwise): nothing can be proved across, so the release's own cell of these
 * leaves, if there is one, is suppressed and protected as by
 * universe_suppress. A zero tells of nobody and stays. */
bool universe_suppress_past(struct universe *universe,
                            const struct past_cell *past,
                            struct err *err) MUST_USE;

/* A row that a standardised rate is of, the ages left out. */
struct past_row {
    const char *measure;
    size_t sets[DIM_COUNT]; /* from universe_past_set, or nodes of the codes;
                               that of the ages is not read */
    bool own;               /* the rate is of this release */
    bool left;              /* filled: out, where it was near to cells by age */
};
/* Adds the ages of rows as hidden cells, where they are no cells but share
 * cases with cells by age: of the tables of this release for rates of others,
 * of other releases for its own. So they follow from one another, and what
 * tells of the row is attacked with them. No more than 4,000 cells, to a
 * universe of no more than 20,000; others are left. Rows come first that lie to
 * such cells as they do along all dimensions but one, then but two ...; of
 * these, rows that have cells within them, then those that cells bound; of
 * these, those of fewest cases. After all past cells; counts are asked from
 * `source`. */
bool universe_add_rows(struct universe *universe, struct past_row *rows,
                       size_t count, sdc_count *source, void *context,
                       struct err *err) MUST_USE;

/* The codes of a row, for the inside review. */
char *universe_row_name(struct arena *arena, const struct universe *universe,
                        const struct past_row *row);

/* The same where counts are rounded, which both releases do alike: what was
 * printed of the same numbers is printed again, and its limit, unless it is 0,
 * stays public. ERR_DISCLOSURE "sdc.past" when
 * two releases print different roundings. */
bool universe_add_printed(struct universe *universe,
                          const struct past_cell *past, sdc_count *source,
                          void *context, struct err *err) MUST_USE;
/* The same for a cell that is declared revised: the release's own cell of these
 * leaves is printed as it was where its count allows. Where nothing was revised
 * in fact, two roundings would tell more than one. */
bool universe_prefer_printed(struct universe *universe,
                             const struct past_cell *past,
                             struct err *err) MUST_USE;

/* Protects and audits, once per universe; no cell may be added afterwards. The
 * universe is first closed over what overlaps along one dimension: parts of a
 * total that no table shows become hidden cells, whose counts are asked from
 * `count` (NULL is fine when nothing overlaps; it is also asked for what two
 * cells of one person share). The same input gives the same result; ties are
 * broken by the key, or without one by the order in which cells were added.
 *
 * ERR_DISCLOSURE: "sdc.exposed" names the first cell that no suppression can
 * hide or no proof covers, and the cell beside it that must be shown, if any;
 * "sdc.contradiction" a cell that one rule wants shown and another suppressed;
 * "sdc.structural" a declared structural zero that is none; "sdc.relation"
 * counts that do not add up;
 * "sdc.solver", "sdc.witness", "sdc.audit" doubts of the audit. */
bool sdc_protect(struct arena *closed, struct universe *universe,
                 sdc_count *count, void *context, const struct clearance **out,
                 struct err *err) MUST_USE;

/* Adds the witnesses as a certificate with its relations (certificate.h) to a
 * private file, which `panorama audit --certificate` checks alone; `about` says
 * to whom it proves the release. A cell that somebody may recover under the
 * waiver "published_before" is only said to be wide. ERR_DISCLOSURE
 * "sdc.certificate" names a cell that only bounds keep safe, by programs, and
 * no witness; nothing is added then. */
bool clearance_certificate(const struct clearance *clearance, const char *about,
                           struct sink *sink, struct err *err) MUST_USE;

/* After sdc_protect: a cell that no table shows but that those which do add up
 * to, if it is not empty nor primary itself, for then its count is nobody's.
 * `sets` are its leaves; the node of what no code names is -1. False for all
 * other cells. */
bool universe_remainder(const struct universe *universe, size_t cell,
                        struct sdc_cell_key *key,
                        struct sdc_leaves sets[DIM_COUNT]);

/* True when the cell may be shown. */
bool clearance_shown(const struct clearance *clearance, size_t cell);

/* A standardised rate that is printed, or a limit of it: the sum of weight x
 * count of the ages of a row is low..high. Weights of a limit may be negative.
 */
struct sdc_rate {
    size_t cell;           /* of the row */
    const double *weights; /* [age leaves] what a case more adds */
    double low, high;
};

/* True when the ages of the rate are all cells of the release, or follow from
 * cells as sums or differences, and one is suppressed: an attack heeds no
 * other. Ages that follow from cells are attacked from then on as cells are,
 * and numbered after these. */
bool clearance_heeds(const struct clearance *clearance,
                     const struct sdc_rate *rate);
/* How many cells an attack is of: those of the universe, then the ages of rows
 * that follow from them. */
size_t clearance_cells(const struct clearance *clearance);
/* A cell on the line of the ages of a row that the release may have no table
 * of, under whatever codes its leaves have; the sets of its ages are not read.
 * SIZE_MAX where these ages are not all cells, or all are public. */
size_t clearance_find_ages(const struct clearance *clearance,
                           const char *measure,
                           const struct sdc_leaves sets[DIM_COUNT]) MUST_USE;
/* Cells of the tables on the line of the ages of a cell that are shown, but for
 * zeros and the total; in the arena. */
size_t clearance_shown_ages(const struct clearance *clearance,
                            struct arena *arena, size_t cell, size_t **cells);
/* The same of other rows: of those that share cases with a row of these rates
 * that shares some with the row of the cell, `most` at most, those first of
 * which fewest cases are shown by age. */
size_t clearance_shown_beside(const struct clearance *clearance,
                              struct arena *arena, size_t cell,
                              const struct sdc_rate *rates, size_t count,
                              size_t most, size_t **cells);
/* The codes of a cell, for messages. */
char *clearance_cell_name(const struct clearance *clearance,
                          struct arena *arena, size_t cell);
/* How cells are attacked beside rates. */
enum sdc_manner {
    SDC_WHOLE,  /* as the cells alone are */
    SDC_LIGHT,  /* searches for integers give up far sooner, which leaves more
                   that is not settled */
    SDC_LONGER, /* later than that */
    SDC_BEFORE, /* as light, where nothing of this release is known, but what
                   others show: *exposed are those that linear programs prove
                   so */
};
/* Attacks cells of the release together with those of the rates that it heeds
 * (clearance_heeds; what was not asked about counts by its cells): those that
 * exposed[clearance_cells] marks, and leaves it true of the exposed ones. A
 * cell that is not settled counts as exposed; but where universe_add_rows added
 * cells, those that no release shows are exposed where linear programs prove
 * it. Nothing is where no rate has such ages. Without rates, the cells alone
 * are attacked. Cells that only lead down to the atoms of a crossing are passed
 * over, but where a rate is of them. The rates of a release are proved row by
 * row elsewhere, without what other rows show of the same ages. ERR_DISCLOSURE
 * when what is printed contradicts itself, or the time for it ended. */
bool clearance_attack(const struct clearance *clearance, enum sdc_manner manner,
                      const struct sdc_rate *rates, size_t count, bool *exposed,
                      struct err *err) MUST_USE;

struct sdc_report {
    size_t cells; /* published cells */
    size_t primary;
    size_t secondary;
    size_t witnessed;  /* suppressed cells settled by an integer witness */
    size_t propagated; /* settled by interval propagation */
    size_t solved;     /* settled by exact linear programs */
    size_t hidden;     /* cells that no table shows, decided with the others */
    size_t grounded;   /* proved again by whole tables of atoms: ground.h */
};
/* For inside eyes only. */
const struct sdc_report *clearance_report(const struct clearance *clearance);
/* Adds one line per rule in force ("rule", its name, how many cells it
 * suppressed), then one per suppressed cell: why (primary, secondary, kept,
 * required by universe_suppress), the rules that ask for it, its codes; tabs
 * between. No count of persons. For inside eyes only: what is primary must not
 * be told outside. */
void clearance_review(const struct clearance *clearance, struct text *out);

#endif
