/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/classes.h"

/* Splits the class of each leaf of the part from its old class. */
static uint32_t split(struct arena *scratch, const struct part *part,
                      uint32_t classes, uint32_t *class)
{
    uint32_t *fresh = arena_array(scratch, classes, sizeof *fresh);
    for (size_t i = 0; i < part->leaf_count; i++) {
        uint32_t *at = &class[part->leaves[i]];
        if (fresh[*at] == 0)
            fresh[*at] = classes++;
        *at = fresh[*at];
    }
    return classes;
}

uint32_t classes_of_leaves(const struct axis *axis, size_t leaf_count,
                           const uint32_t *parts, size_t count, uint32_t *class)
{
    struct arena *scratch = arena_new();
    uint32_t classes = 1;
    for (size_t leaf = 0; leaf < leaf_count; leaf++)
        class[leaf] = 0;
    for (size_t p = 0; p < count; p++)
        classes = split(scratch, &axis->parts[parts[p]], classes, class);

    /* Splitting leaves empty classes behind: number again in leaf order. */
    uint32_t *number = arena_array(scratch, classes, sizeof *number);
    uint32_t found = 0;
    for (size_t leaf = 0; leaf < leaf_count; leaf++) {
        if (class[leaf] != 0 && number[class[leaf]] == 0)
            number[class[leaf]] = ++found;
        class[leaf] = class[leaf] == 0 ? 0 : number[class[leaf]];
    }
    arena_free(scratch);
    return found;
}
