/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "store/codes_impl.h"

/* --- sites --------------------------------------------------------------- */

/* Level words of sites: the root, the ends, and what lies between. */
static void name_site_levels(struct dimension *sites)
{
    for (size_t n = 0; n < sites->count; n++)
        sites->nodes[n].level = sites->nodes[n].parent < 0 ? "all" : "group";
    for (size_t leaf = 0; leaf < sites->leaf_count; leaf++) {
        struct node *node = &sites->nodes[sites->leaf_node[leaf]];
        if (node->parent >= 0)
            node->level = "site";
    }
}

static struct branch site_branch(const struct rows *rows, size_t r)
{
    return (struct branch){
        .node = {.code = rows_at(rows, r, 0),
                 .level = "",
                 .label = {[LANG_FR] = rows_at(rows, r, 2),
                           [LANG_EN] = rows_at(rows, r, 3)},
                 .article = "",
                 .icd10 = rows_at(rows, r, 4),
                 .sex = rows_at(rows, r, 5)},
        .parent = -1,
    };
}

bool codes_read_sites(struct reading *reading, struct err *err)
{
    struct rows rows;
    if (!codes_select(reading, "site",
                      "code, parent, label_fr, label_en, icd10, sex", &rows,
                      err))
        return false;
    struct branch *branches =
        arena_array(reading->closed, rows.count, sizeof *branches);
    struct map *known = map_new(reading->closed);
    for (size_t r = 0; r < rows.count; r++) {
        branches[r] = site_branch(&rows, r);
        const char *code = branches[r].node.code;
        if (!map_put(known, code, strlen(code), (int)r))
            return err_fail(err, ERR_INPUT, "store.duplicate",
                            "table 'site': code '%s' twice", code);
    }
    for (size_t r = 0; r < rows.count; r++) {
        const char *parent = rows_at(&rows, r, 1);
        if (parent[0] == '\0')
            continue;
        branches[r].parent = map_get(known, parent, strlen(parent));
        if (branches[r].parent < 0)
            return err_fail(err, ERR_INPUT, "store.orphan",
                            "table 'site': code '%s': no parent '%s'",
                            branches[r].node.code, parent);
    }
    struct dimension *sites = &reading->out->dims[DIM_SITE];
    if (!tree_plant(reading->closed, sites, branches, rows.count, "site", err))
        return false;
    name_site_levels(sites);
    return true;
}

/* --- territories --------------------------------------------------------- */

static struct branch territory_branch(const struct rows *rows, size_t r)
{
    const char *label = rows_at(rows, r, 4);
    return (struct branch){
        .node = {.level = rows_at(rows, r, 0),
                 .code = rows_at(rows, r, 1),
                 .label = {label, label},
                 .article = rows_at(rows, r, 5),
                 .icd10 = "",
                 .sex = ""},
        .parent = -1,
    };
}

static bool find_parents(const struct rows *rows, struct branch *branches,
                         const struct map *known, struct err *err)
{
    for (size_t r = 0; r < rows->count; r++) {
        const char *level = rows_at(rows, r, 2), *code = rows_at(rows, r, 3);
        if (level[0] == '\0' && code[0] == '\0')
            continue;
        branches[r].parent = map_get_pair(known, level, code);
        if (branches[r].parent < 0)
            return err_fail(err, ERR_INPUT, "store.orphan",
                            "table 'territory': '%s %s': no parent '%s %s'",
                            branches[r].node.level, branches[r].node.code,
                            level, code);
    }
    return true;
}

static bool read_territory_table(struct reading *reading, struct err *err)
{
    struct rows rows;
    if (!codes_select(reading, "territory",
                      "level, code, parent_level, parent_code, label, article",
                      &rows, err))
        return false;
    struct branch *branches =
        arena_array(reading->closed, rows.count, sizeof *branches);
    struct map *known = map_new(reading->closed);
    for (size_t r = 0; r < rows.count; r++) {
        branches[r] = territory_branch(&rows, r);
        const struct node *node = &branches[r].node;
        if (!map_put_pair(known, node->level, node->code, (int)r))
            return err_fail(err, ERR_INPUT, "store.duplicate",
                            "table 'territory': '%s %s' twice", node->level,
                            node->code);
    }
    return find_parents(&rows, branches, known, err) &&
           tree_plant(reading->closed, &reading->out->dims[DIM_TERRITORY],
                      branches, rows.count, "territory", err);
}

/* --- zones --------------------------------------------------------------- */

struct zones {
    struct rows zone, member, quintile;
    struct map *place; /* level, code -> territory node */
    bool *taken;       /* [leaves] of the zone being gathered */
};

static bool take_member(const struct dimension *territories,
                        struct zones *zones, size_t member, struct err *err)
{
    const char *level = rows_at(&zones->member, member, 2);
    const char *code = rows_at(&zones->member, member, 3);
    int at = map_get_pair(zones->place, level, code);
    if (at < 0)
        return err_fail(err, ERR_INPUT, "store.zone",
                        "table 'zone_member': zone '%s %s': no territory "
                        "'%s %s'",
                        rows_at(&zones->member, member, 0),
                        rows_at(&zones->member, member, 1), level, code);
    const struct node *node = &territories->nodes[at];
    for (size_t l = 0; l < node->leaf_count; l++)
        zones->taken[node->leaves[l]] = true;
    return true;
}

static bool gather_zone(struct arena *closed,
                        const struct dimension *territories,
                        struct zones *zones, struct node *node, struct err *err)
{
    memset(zones->taken, 0, territories->leaf_count * sizeof *zones->taken);
    for (size_t m = 0; m < zones->member.count; m++) {
        if (!text_same(rows_at(&zones->member, m, 0), node->level) ||
            !text_same(rows_at(&zones->member, m, 1), node->code))
            continue;
        if (!take_member(territories, zones, m, err))
            return false;
    }
    uint16_t *leaves =
        arena_array(closed, territories->leaf_count, sizeof *leaves);
    for (size_t leaf = 0; leaf < territories->leaf_count; leaf++) {
        if (zones->taken[leaf])
            leaves[node->leaf_count++] = (uint16_t)leaf;
    }
    node->leaves = leaves;
    return node->leaf_count > 0 ||
           err_fail(err, ERR_INPUT, "store.zone",
                    "table 'zone': '%s %s' has no member", node->level,
                    node->code);
}

/* Deprivation quintiles are named in both languages by their own table. */
static void label_quintile(const struct zones *zones, struct node *node)
{
    for (size_t q = 0; q < zones->quintile.count; q++) {
        if (!text_same(rows_at(&zones->quintile, q, 0), node->code))
            continue;
        node->label[LANG_FR] = rows_at(&zones->quintile, q, 1);
        node->label[LANG_EN] = rows_at(&zones->quintile, q, 2);
    }
}

static bool read_zone(struct reading *reading, struct zones *zones, size_t z,
                      struct err *err)
{
    struct dimension *territories = &reading->out->dims[DIM_TERRITORY];
    const char *label = rows_at(&zones->zone, z, 2);
    struct node node = {
        .level = rows_at(&zones->zone, z, 0),
        .code = rows_at(&zones->zone, z, 1),
        .label = {label, label},
        .article = "",
        .icd10 = "",
        .sex = "",
        .parent = -1,
        .zone = true,
    };
    if (map_get_pair(zones->place, node.level, node.code) >= 0)
        return err_fail(err, ERR_INPUT, "store.duplicate",
                        "table 'zone': '%s %s' is a territory or a zone "
                        "already",
                        node.level, node.code);
    if (!gather_zone(reading->closed, territories, zones, &node, err))
        return false;
    if (text_same(node.level, "quintile"))
        label_quintile(zones, &node);
    int at = code_add(reading->closed, territories, &node);
    map_put_pair(zones->place, node.level, node.code, at);
    return true;
}

bool codes_read_territories(struct reading *reading, struct err *err)
{
    struct zones zones = {.place = map_new(reading->closed)};
    if (!read_territory_table(reading, err) ||
        !codes_select(reading, "zone", "level, code, label", &zones.zone,
                      err) ||
        !codes_select(reading, "zone_member",
                      "level, code, member_level, member_code", &zones.member,
                      err) ||
        !codes_select(reading, "quintile", "code, label_fr, label_en",
                      &zones.quintile, err))
        return false;
    const struct dimension *territories = &reading->out->dims[DIM_TERRITORY];
    for (size_t n = 0; n < territories->count; n++)
        map_put_pair(zones.place, territories->nodes[n].level,
                     territories->nodes[n].code, (int)n);
    zones.taken = arena_array(reading->closed, territories->leaf_count,
                              sizeof *zones.taken);
    for (size_t z = 0; z < zones.zone.count; z++) {
        if (!read_zone(reading, &zones, z, err))
            return false;
    }
    return true;
}
