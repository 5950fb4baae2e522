/* SPDX-License-Identifier: EUPL-1.2 */
/* chart_fixture.h - pages of one chart, over tables of every shape. */
#ifndef CHART_FIXTURE_H
#define CHART_FIXTURE_H

#include "page_fixture.h"

#define MORE_TABLES                                                            \
    "p.table {id = 'ages', title = 'Par \\195\\162ge', measure = 'cases', "    \
    "sex = {'T', 'M', 'F'}, age = {'T', 'each'}, period = 'last:5', "          \
    "values = 'count'} "                                                       \
    "p.table {id = 'bare', title = 'Sans intervalle', measure = 'cases', "     \
    "person_years = 'population', period = 'each:last:5', "                    \
    "values = 'crude_rate'} "                                                  \
    "p.table {id = 'bands', title = 'Par territoire', measure = 'cases', "     \
    "person_years = 'population', territory = 'all', age = {'T', 'each'}, "    \
    "period = 'last:5', values = {'count', 'person_years'}} "                  \
    "p.table {id = 'groups', title = 'Par groupe', measure = 'cases', "        \
    "person_years = 'population', territory = 'zone:quintile', "               \
    "period = 'last:5', values = {{kind = 'crude_rate', interval = true}}} "   \
    "p.statistic {id = 'segments', title = 'Segments', from = 'years', "       \
    "kind = 'joinpoint', along = 'period', value = 'crude_rate'} "             \
    "p.statistic {id = 'funnel', title = 'Entonnoir', from = 'bands', "        \
    "kind = 'funnel', along = 'age', value = 'count', reference = 'FR'}"

static inline const struct block *chart(struct paging *paging, const char *body)
{
    paging->more = MORE_TABLES;
    const struct block *block = only(paging, CELLS_ALL, body);
    CHECK_INT(block->kind, BLOCK_FIGURE);
    CHECK(block->figure->scene != NULL);
    return block;
}

#endif
