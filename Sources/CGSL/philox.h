#pragma once
// Philox4x32-10 of Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC11, and the
// gsl_rng_type that lets every gsl_ran_* function draw from it.
#include <gsl/gsl_rng.h>
#include <stdint.h>

/// The four words that ten rounds make of a counter under a key.
static inline void philox4x32(const uint32_t counter[4], uint32_t key0, uint32_t key1, uint32_t words[4]) {
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = UINT64_C(0xd2511f53) * c0, p1 = UINT64_C(0xcd9e8d57) * c2;
    c0 = (uint32_t)(p1 >> 32) ^ c1 ^ key0;
    c1 = (uint32_t)p1;
    c2 = (uint32_t)(p0 >> 32) ^ c3 ^ key1;
    c3 = (uint32_t)p0;
    key0 += UINT32_C(0x9e3779b9);
    key1 += UINT32_C(0xbb67ae85);
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/// A position in a stream: the words of a block are handed out in order, then the first counter word counts up.
typedef struct {
  uint32_t key0, key1;
  uint32_t counter[4];
  uint32_t words[4];
  uint32_t next;
} philox_state;

/// Goes to the beginning of the stream of a key and the three fixed words of the counter.
static inline void philox_begin(
    philox_state *state, uint32_t key0, uint32_t key1, uint32_t word1, uint32_t word2, uint32_t word3) {
  *state = (philox_state){key0, key1, {0, word1, word2, word3}, {0, 0, 0, 0}, 4};
}

static inline uint32_t philox_next(philox_state *state) {
  if (state->next == 4) {
    philox4x32(state->counter, state->key0, state->key1, state->words);
    state->counter[0]++;
    state->next = 0;
  }
  return state->words[state->next++];
}

/// A centred uniform of 53 bits from two words, low word first; never 0, and never 1: the one value that would round
/// to it is taken as the largest number below.
static inline double philox_uniform(philox_state *state) {
  uint64_t low = philox_next(state), high = philox_next(state);
  double uniform = ((double)((high << 32 | low) >> 11) + 0.5) * 0x1p-53;
  return uniform < 1 ? uniform : 0x1.fffffffffffffp-1;
}

static void philox_gsl_set(void *state, unsigned long seed) {
  philox_begin((philox_state *)state, (uint32_t)seed, (uint32_t)((uint64_t)seed >> 32), 0, 0, 0);
}
static unsigned long philox_gsl_get(void *state) { return philox_next((philox_state *)state); }
static double philox_gsl_get_double(void *state) { return philox_uniform((philox_state *)state); }

/// The generator as GSL knows it. `gsl_rng_set` takes the key, and begins at counter 0.
static inline const gsl_rng_type *philox_gsl_type(void) {
  static const gsl_rng_type type = {
      "philox4x32-10",  UINT32_MAX,     0, sizeof(philox_state), philox_gsl_set, philox_gsl_get,
      philox_gsl_get_double};
  return &type;
}
