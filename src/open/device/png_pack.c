/* SPDX-License-Identifier: EUPL-1.2 */
/* Deflate (RFC 1951) for pictures that are wide and plain. A general packer
 * looks at every byte, even inside of a run; here a run is one step, and only
 * where a run or a pixel begins is looked for the same bytes before. One block
 * with codes of its own. */
#include <libdeflate.h>
#include <string.h>

#include "device/png_impl.h"

enum {
    WINDOW = 32768, /* how far back a match may lie */
    LONGEST = 258,
    SHORTEST = 4, /* shorter ones, but for runs, cost more than their bytes */
    SHORTEST_RUN = 3,
    SLOTS = 1 << 13, /* of the table of places by their next bytes */
    TRIES = 6,       /* places with the same bytes that are looked at */
    PLENTY = 64,     /* a run as long is taken without a look */
    LITERALS = 286,  /* bytes, the end of the block, lengths */
    BLOCK_END = 256,
    DISTANCES = 30,
    ORDERS = 19, /* codes of the sizes of codes */
    CODE_MOST = 15,
    ORDER_CODE_MOST = 7,
    NODES = 2 * LITERALS,
};

/* --- matches -------------------------------------------------------------- */

struct step { /* a byte, or so many bytes again */
    uint16_t length;
    uint16_t distance; /* 0: `length` is the byte */
};

struct matcher {
    const unsigned char *bytes;
    size_t size;
    uint32_t *slots; /* [SLOTS] last place with these bytes, and one; 0 none */
    uint32_t *older; /* [WINDOW] the place before a place, likewise */
};

static uint64_t word_at(const unsigned char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* How many bytes at both places are the same, at most `most`. */
static size_t common(const unsigned char *a, const unsigned char *b,
                     size_t most)
{
    size_t same = 0;
    while (same + sizeof(uint64_t) <= most &&
           word_at(a + same) == word_at(b + same))
        same += sizeof(uint64_t);
    while (same < most && a[same] == b[same])
        same++;
    return same;
}

static size_t slot_at(const unsigned char *bytes)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word * 2654435761U >> 19;
}

/* Whether both places may have more in common than `length`: most do not. */
static bool goes_on(const unsigned char *a, const unsigned char *b,
                    size_t length, size_t most)
{
    return length < most && a[length] == b[length];
}

/* The longest match among the last places with these bytes, which it joins. */
static void look_back(struct matcher *matcher, size_t at, size_t most,
                      struct step *best)
{
    const unsigned char *bytes = matcher->bytes;
    size_t slot = slot_at(bytes + at);
    size_t place = matcher->slots[slot];
    for (int i = 0; i < TRIES && place > 0 && at - (place - 1) < WINDOW; i++) {
        size_t from = place - 1;
        if (goes_on(bytes + from, bytes + at, best->length, most)) {
            size_t length = common(bytes + from, bytes + at, most);
            if (length >= SHORTEST && length > best->length)
                *best = (struct step){(uint16_t)length, (uint16_t)(at - from)};
        }
        size_t next = matcher->older[from % WINDOW];
        if (next >= place)
            break;
        place = next;
    }
    matcher->older[at % WINDOW] = matcher->slots[slot];
    matcher->slots[slot] = (uint32_t)(at + 1);
}

static struct step next_step(struct matcher *matcher, size_t at)
{
    const unsigned char *bytes = matcher->bytes;
    size_t left = matcher->size - at;
    size_t most = left < LONGEST ? left : LONGEST;
    struct step best = {0, 0};
    if (at > 0) {
        size_t run = common(bytes + at - 1, bytes + at, most);
        if (run >= SHORTEST_RUN)
            best = (struct step){(uint16_t)run, 1};
    }
    if (best.length < PLENTY && most >= SHORTEST)
        look_back(matcher, at, most, &best);
    if (best.distance == 0)
        best.length = bytes[at];
    return best;
}

/* --- codes ---------------------------------------------------------------- */

struct code {
    size_t count;
    uint32_t uses[LITERALS];
    unsigned char size[LITERALS]; /* bits; 0: not used */
    uint16_t bits[LITERALS];      /* lowest first, as they are written */
};

struct tree {
    uint32_t weight[NODES];
    size_t parent[NODES];
    size_t leaf[LITERALS]; /* symbols, the rarest first */
    size_t leaves;
};

static void sort_leaves(struct tree *tree, const struct code *code)
{
    tree->leaves = 0;
    for (size_t symbol = 0; symbol < code->count; symbol++) {
        if (code->uses[symbol] == 0)
            continue;
        size_t place = tree->leaves++;
        while (place > 0 &&
               code->uses[tree->leaf[place - 1]] > code->uses[symbol]) {
            tree->leaf[place] = tree->leaf[place - 1];
            place--;
        }
        tree->leaf[place] = symbol;
    }
}

/* Huffman 1952: leaves and made nodes both come in order of weight. */
static void grow(struct tree *tree, const struct code *code)
{
    size_t leaves = tree->leaves, leaf = 0, made = leaves;
    for (size_t i = 0; i < leaves; i++)
        tree->weight[i] = code->uses[tree->leaf[i]];
    for (size_t node = leaves; node < 2 * leaves - 1; node++) {
        tree->weight[node] = 0;
        for (int child = 0; child < 2; child++) {
            bool next_leaf =
                leaf < leaves &&
                (made == node || tree->weight[leaf] <= tree->weight[made]);
            size_t taken = next_leaf ? leaf++ : made++;
            tree->weight[node] += tree->weight[taken];
            tree->parent[taken] = node;
        }
    }
}

/* Depths of the leaves as sizes; false when one is above `most`. */
static bool take_sizes(const struct tree *tree, struct code *code,
                       unsigned char most)
{
    unsigned char depth[NODES];
    size_t root = 2 * tree->leaves - 2;
    depth[root] = 0;
    for (size_t node = root; node-- > 0;) {
        depth[node] = (unsigned char)(depth[tree->parent[node]] + 1);
        if (node < tree->leaves)
            code->size[tree->leaf[node]] = depth[node];
    }
    unsigned char deepest = depth[0];
    for (size_t node = 0; node < tree->leaves; node++)
        deepest = depth[node] > deepest ? depth[node] : deepest;
    return deepest <= most;
}

static void number_codes(struct code *code)
{
    uint16_t next = 0;
    for (unsigned size = 1; size <= CODE_MOST; size++) {
        for (size_t symbol = 0; symbol < code->count; symbol++) {
            if (code->size[symbol] != size)
                continue;
            uint16_t bits = 0;
            for (unsigned bit = 0; bit < size; bit++)
                bits = (uint16_t)(bits | (next >> bit & 1) << (size - 1 - bit));
            code->bits[symbol] = bits;
            next++;
        }
        next = (uint16_t)(next << 1);
    }
}

/* A code that is too deep is made again of uses that lie nearer together. */
static void make_code(struct code *code, unsigned char most)
{
    struct tree tree;
    if (code->uses[0] == 0)
        code->uses[0] = 1; /* never without a code; two make a tree */
    if (code->count > 1 && code->uses[1] == 0)
        code->uses[1] = 1;
    sort_leaves(&tree, code);
    grow(&tree, code);
    while (!take_sizes(&tree, code, most)) {
        for (size_t symbol = 0; symbol < code->count; symbol++)
            code->uses[symbol] -= code->uses[symbol] / 2;
        sort_leaves(&tree, code);
        grow(&tree, code);
    }
    number_codes(code);
}

/* --- symbols -------------------------------------------------------------- */

struct symbol {
    size_t index;
    unsigned extra; /* bits that follow */
    unsigned rest;  /* what they say */
};

static unsigned top_bit(unsigned value)
{
    return 31 - (unsigned)__builtin_clz(value);
}

static struct symbol length_symbol(unsigned length)
{
    enum { FIRST = 257, LAST = 285 };
    unsigned over = length - 3;
    if (length == LONGEST)
        return (struct symbol){LAST, 0, 0};
    if (over < 8)
        return (struct symbol){FIRST + over, 0, 0};
    unsigned extra = top_bit(over) - 2;
    return (struct symbol){FIRST + 4 * (extra + 1) + (over >> extra & 3), extra,
                           over & ((1U << extra) - 1)};
}

static struct symbol distance_symbol(unsigned distance)
{
    unsigned over = distance - 1;
    if (over < 4)
        return (struct symbol){over, 0, 0};
    unsigned extra = top_bit(over) - 1;
    return (struct symbol){2 * (extra + 1) + (over >> extra & 1), extra,
                           over & ((1U << extra) - 1)};
}

/* --- the block ------------------------------------------------------------ */

struct packer {
    struct arena *arena;
    struct step *steps;
    size_t step_count, step_capacity;
    struct code literals, distances;
    unsigned char *out;
    size_t size;
    uint64_t held; /* bits that fill no byte yet, the lowest first */
    unsigned held_count;
};

static void count_step(struct packer *packer, struct step step)
{
    if (step.distance == 0) {
        packer->literals.uses[step.length]++;
        return;
    }
    packer->literals.uses[length_symbol(step.length).index]++;
    packer->distances.uses[distance_symbol(step.distance).index]++;
}

static void find_steps(struct packer *packer, const unsigned char *bytes,
                       size_t size)
{
    struct matcher matcher = {
        .bytes = bytes,
        .size = size,
        .slots = arena_array(packer->arena, SLOTS, sizeof(uint32_t)),
        .older = arena_array(packer->arena, WINDOW, sizeof(uint32_t)),
    };
    for (size_t at = 0; at < size;) {
        struct step step = next_step(&matcher, at);
        packer->steps =
            arena_grow(packer->arena, packer->steps, packer->step_count,
                       &packer->step_capacity, sizeof step);
        packer->steps[packer->step_count++] = step;
        count_step(packer, step);
        at += step.distance == 0 ? 1 : step.length;
    }
}

static void put_bits(struct packer *packer, unsigned bits, unsigned count)
{
    packer->held |= (uint64_t)bits << packer->held_count;
    packer->held_count += count;
    while (packer->held_count >= 8) {
        packer->out[packer->size++] = (unsigned char)packer->held;
        packer->held >>= 8;
        packer->held_count -= 8;
    }
}

static void put_symbol(struct packer *packer, const struct code *code,
                       struct symbol symbol)
{
    put_bits(packer, code->bits[symbol.index], code->size[symbol.index]);
    put_bits(packer, symbol.rest, symbol.extra);
}

/* Sizes of both codes, each as a symbol of a third code. */
static void put_head(struct packer *packer)
{
    static const unsigned char order[ORDERS] = {
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    struct code sizes = {.count = ORDERS};
    const struct code *codes[] = {&packer->literals, &packer->distances};
    for (size_t c = 0; c < COUNT_OF(codes); c++) {
        for (size_t i = 0; i < codes[c]->count; i++)
            sizes.uses[codes[c]->size[i]]++;
    }
    make_code(&sizes, ORDER_CODE_MOST);
    put_bits(packer, 1, 1); /* the last block */
    put_bits(packer, 2, 2); /* with codes of its own */
    put_bits(packer, LITERALS - 257, 5);
    put_bits(packer, DISTANCES - 1, 5);
    put_bits(packer, ORDERS - 4, 4);
    for (size_t i = 0; i < ORDERS; i++)
        put_bits(packer, sizes.size[order[i]], 3);
    for (size_t c = 0; c < COUNT_OF(codes); c++) {
        for (size_t i = 0; i < codes[c]->count; i++)
            put_symbol(packer, &sizes,
                       (struct symbol){codes[c]->size[i], 0, 0});
    }
}

static void put_steps(struct packer *packer)
{
    for (size_t i = 0; i < packer->step_count; i++) {
        struct step step = packer->steps[i];
        if (step.distance == 0) {
            put_symbol(packer, &packer->literals,
                       (struct symbol){step.length, 0, 0});
            continue;
        }
        put_symbol(packer, &packer->literals, length_symbol(step.length));
        put_symbol(packer, &packer->distances, distance_symbol(step.distance));
    }
    put_symbol(packer, &packer->literals, (struct symbol){BLOCK_END, 0, 0});
}

unsigned char *png_pack(struct arena *arena, const unsigned char *bytes,
                        size_t size, size_t *packed)
{
    enum { HEAD_ROOM = 1024, STEP_ROOM = 6 }; /* 15 + 5 + 15 + 13 bits */
    struct packer packer = {
        .arena = arena,
        .literals = {.count = LITERALS},
        .distances = {.count = DISTANCES},
    };
    find_steps(&packer, bytes, size);
    packer.literals.uses[BLOCK_END]++;
    make_code(&packer.literals, CODE_MOST);
    make_code(&packer.distances, CODE_MOST);
    packer.out = arena_alloc(arena, packer.step_count * STEP_ROOM + HEAD_ROOM);
    put_bits(&packer, 0x78, 8); /* RFC 1950: deflate, window of 32 KiB */
    put_bits(&packer, 0x9C, 8);
    put_head(&packer);
    put_steps(&packer);
    put_bits(&packer, 0, (8 - packer.held_count) % 8);
    uint32_t check = libdeflate_adler32(1, bytes, size);
    for (unsigned shift = 32; shift > 0; shift -= 8)
        put_bits(&packer, check >> (shift - 8) & 0xFF, 8);
    *packed = packer.size;
    return packer.out;
}
