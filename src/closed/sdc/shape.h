/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/shape.h - how the parts that meet on one line add up. CONFIDENTIAL side,
 * but holds no count.
 *
 * A *line* is the cells that differ in one dimension only. Its *shape* is the
 * set of parts present. Parts may nest, be equal (a région with one
 * département) or cross (2014-2018 and 2016-2020, zones over régions). The
 * equations of a shape express every part that contains another as a disjoint
 * sum of smaller ones, down to atoms: the coarsest leaf sets that no part
 * cuts. An atom that is no part of the line is a missing cell. All additive
 * relations between the parts follow from these equations. */
#ifndef SDC_SHAPE_H
#define SDC_SHAPE_H

#include "sdc/universe.h"

/* total = sum of parts (part numbers of the axis). */
struct equation {
    uint32_t total;
    const uint32_t *parts;
    size_t count;
};

struct shape {
    const uint32_t *parts;
    size_t count;
    const struct equation *equations;
    size_t equation_count;
};

struct shape_book; /* shapes met so far, per dimension */

struct shape_book *shape_book_new(struct universe *universe);
/* The shape of these parts (ascending, at least one); may add remainders to
 * the axis. */
bool shape_find(struct shape_book *book, enum dim dim, const uint32_t *parts,
                size_t count, const struct shape **out,
                struct err *err) MUST_USE;

#endif
