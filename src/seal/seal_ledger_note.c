/* SPDX-License-Identifier: EUPL-1.2 */
/* What of an entry the store still has, row by row, before anything is joined.
 */
#include "seal/seal_ledger_impl.h"

/* What cannot be found as it was, or NULL. */
static const char *what_moved(const struct joining *joining,
                              const struct joined_table *at, size_t row,
                              const struct past_cell *past, enum left left,
                              bool stands)
{
    if (left != LEFT_ALL)
        return "the store has lost a code of it";
    if (past->status == PAST_SHOWN && !stands)
        return past->count == PAST_NOT_PRINTED
                   ? "its count was not printed, and its values are not, or "
                     "not provably, those of the store"
                   : "the store has another count";
    return ledger_prints_bases(joining, at->table, row)
               ? NULL
               : "the total of its share was not printed";
}

/* Whether the store still has what was shown of the row, as far as that tells;
 * and its count. */
static bool find_count(struct joining *joining, const struct joined_table *at,
                       size_t row, const struct past_cell *past, int64_t *count,
                       bool *stands, struct err *err)
{
    *stands = false;
    if (past->status != PAST_SHOWN)
        return true;
    if (!universe_past_count(joining->universe, past, seal_count, joining->seal,
                             count, err))
        return false;
    *stands = past->count == *count;
    return past->count != PAST_NOT_PRINTED ||
           ledger_reprints(joining, at, row, past, *count, stands, err);
}

/* A zero is as it was in too many revised stores to tell that the year is. */
static void note_years(struct joining *joining, const struct joined_table *at,
                       size_t period, const struct past_cell *past)
{
    if (!ledger_is_undeclared(joining, at, period))
        return;
    if (past->count > 0)
        ledger_note_standing(joining, at, period);
    else if (past->count == PAST_NOT_PRINTED)
        ledger_note_echo(joining, at, period);
}

bool ledger_note_row(struct joining *joining, const struct joined_table *at,
                     size_t row, struct err *err)
{
    size_t sets[DIM_COUNT];
    struct past_cell past = {
        .release = joining->entry->release,
        .measure = at->own->code,
    };
    enum left left = LEFT_ALL;
    int64_t count = 0;
    bool stands = false;
    ledger_row_sets(at->table, row, sets);
    if (!ledger_own_status(at->table, row, &past) ||
        ledger_is_unrevised(joining, at, sets[DIM_PERIOD]))
        return true;
    if (!ledger_key(joining, at, sets, &past, &left, err) ||
        (left == LEFT_ALL &&
         !find_count(joining, at, row, &past, &count, &stands, err)))
        return false;
    const char *why = what_moved(joining, at, row, &past, left, stands);
    if (why != NULL)
        ledger_note_moved(joining, at, row, why);
    if (stands)
        note_years(joining, at, sets[DIM_PERIOD], &past);
    return true;
}

/* --- by measure ----------------------------------------------------------- */

void ledger_note_evident(const struct joining *joining)
{
    struct seal *seal = joining->seal;
    size_t measures = seal->codes.measure_count;
    size_t entry = (size_t)(joining->entry - seal->ledger->entries);
    for (size_t m = 0; m < measures; m++)
        seal->evident[entry * measures + m] = joining->moved[m] == NULL;
}

bool seal_is_evident(const struct seal *seal, const struct ledger_entry *entry,
                     const char *measure)
{
    size_t number = (size_t)(entry - seal->ledger->entries);
    const struct measure *own = code_measure(&seal->codes, measure);
    return own != NULL && number < seal->past &&
           seal->evident[number * seal->codes.measure_count +
                         (size_t)(own - seal->codes.measures)];
}
