#pragma once
// One C line per vector operator. Swift 6.3 writes its own SIMD operators as loops over the elements, which the
// optimiser does not always put together again; these are single instructions from the start, on any x86-64 or ARM.
// The widest vector is split by the compiler where the machine has narrower registers; no result depends on that.

#define LANES_INLINE static inline __attribute__((always_inline))

typedef double lanes_vector __attribute__((ext_vector_type(8)));
/// All bits of an element set, or none: what a comparison of `lanes_vector` gives.
typedef long lanes_mask __attribute__((ext_vector_type(8)));
typedef unsigned long long lanes_words __attribute__((ext_vector_type(8)));

// Arithmetic

LANES_INLINE lanes_vector lanes_broadcast(double a) { return (lanes_vector)(a); }
LANES_INLINE lanes_vector lanes_add(lanes_vector a, lanes_vector b) { return a + b; }
LANES_INLINE lanes_vector lanes_subtract(lanes_vector a, lanes_vector b) { return a - b; }
LANES_INLINE lanes_vector lanes_multiply(lanes_vector a, lanes_vector b) { return a * b; }
LANES_INLINE lanes_vector lanes_divide(lanes_vector a, lanes_vector b) { return a / b; }
LANES_INLINE lanes_vector lanes_negate(lanes_vector a) { return -a; }
LANES_INLINE lanes_vector lanes_absolute(lanes_vector a) { return __builtin_elementwise_abs(a); }
LANES_INLINE lanes_vector lanes_square_root(lanes_vector a) { return __builtin_elementwise_sqrt(a); }
LANES_INLINE lanes_vector lanes_floor(lanes_vector a) { return __builtin_elementwise_floor(a); }

/// a·b + c, with one rounding where the machine has it; elsewhere a multiplication and an addition, because a call
/// of the C library per element would be a hundred times slower.
LANES_INLINE lanes_vector lanes_fma(lanes_vector a, lanes_vector b, lanes_vector c) {
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

// Comparison and choice

LANES_INLINE lanes_mask lanes_less(lanes_vector a, lanes_vector b) { return a < b; }
LANES_INLINE lanes_mask lanes_less_or_equal(lanes_vector a, lanes_vector b) { return a <= b; }
LANES_INLINE lanes_mask lanes_equal(lanes_vector a, lanes_vector b) { return a == b; }
LANES_INLINE lanes_vector lanes_select(lanes_mask m, lanes_vector a, lanes_vector b) { return m ? a : b; }
LANES_INLINE lanes_vector lanes_minimum(lanes_vector a, lanes_vector b) { return a < b ? a : b; }
LANES_INLINE lanes_vector lanes_maximum(lanes_vector a, lanes_vector b) { return a > b ? a : b; }

LANES_INLINE lanes_mask mask_broadcast(long a) { return (lanes_mask)(a); }
LANES_INLINE lanes_mask mask_and(lanes_mask a, lanes_mask b) { return a & b; }
LANES_INLINE lanes_mask mask_or(lanes_mask a, lanes_mask b) { return a | b; }
LANES_INLINE lanes_mask mask_not(lanes_mask a) { return ~a; }
/// Bit i is element i.
LANES_INLINE unsigned char mask_bits(lanes_mask a) {
  typedef _Bool bits __attribute__((ext_vector_type(8)));
  bits b = __builtin_convertvector(a < (lanes_mask)(0L), bits);
  return __builtin_bit_cast(unsigned char, b);
}

// 64-bit words

LANES_INLINE lanes_words words_broadcast(unsigned long long a) { return (lanes_words)(a); }
LANES_INLINE lanes_words words_add(lanes_words a, lanes_words b) { return a + b; }
LANES_INLINE lanes_words words_subtract(lanes_words a, lanes_words b) { return a - b; }
LANES_INLINE lanes_words words_and(lanes_words a, lanes_words b) { return a & b; }
LANES_INLINE lanes_words words_or(lanes_words a, lanes_words b) { return a | b; }
LANES_INLINE lanes_words words_exclusive_or(lanes_words a, lanes_words b) { return a ^ b; }
LANES_INLINE lanes_words words_shift_left(lanes_words a, unsigned n) { return a << (lanes_words)(unsigned long long)n; }
LANES_INLINE lanes_words words_shift_right(lanes_words a, unsigned n) { return a >> (lanes_words)(unsigned long long)n; }
/// The 64-bit product of the low halves of each element.
LANES_INLINE lanes_words words_multiply_low_halves(lanes_words a, lanes_words b) {
  return (a & 0xffffffffull) * (b & 0xffffffffull);
}
/// The low halves of `a` as low halves, those of `b` as high ones. Written as shift and or, the shift would be drawn into
/// a product that made `b`, as a second product.
LANES_INLINE lanes_words words_join_low_halves(lanes_words a, lanes_words b) {
  typedef unsigned halves __attribute__((ext_vector_type(16)));
  return (lanes_words)__builtin_shufflevector(
    (halves)a, (halves)b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
}
/// The byte of a table at each element's place.
LANES_INLINE lanes_words words_look_up(const unsigned char *table, lanes_words place) {
  return (lanes_words){table[place[0]], table[place[1]], table[place[2]], table[place[3]],
                       table[place[4]], table[place[5]], table[place[6]], table[place[7]]};
}
LANES_INLINE lanes_mask words_equal(lanes_words a, lanes_words b) { return (lanes_mask)(a == b); }

// The same bits under another name

LANES_INLINE lanes_words words_of_vector(lanes_vector a) { return (lanes_words)a; }
LANES_INLINE lanes_vector vector_of_words(lanes_words a) { return (lanes_vector)a; }
LANES_INLINE lanes_words words_of_mask(lanes_mask a) { return (lanes_words)a; }
LANES_INLINE lanes_mask mask_of_words(lanes_words a) { return (lanes_mask)a; }

/// a · 2^n for an integral n with |n| ≤ 2000, rounded once, also where the result is subnormal.
LANES_INLINE lanes_vector lanes_scale(lanes_vector a, lanes_vector n) {
#ifdef __AVX512F__
  typedef double v8 __attribute__((__vector_size__(64)));
  return (lanes_vector)__builtin_ia32_scalefpd512_mask((v8)a, (v8)n, (v8)a, (unsigned char)-1, 4);
#else
  // Two factors, each a power of two made from its exponent bits; only the second product can round.
  const lanes_vector shifter = (lanes_vector)(0x1.8p52 + 1023);
  lanes_vector half = (n * 0.5 + shifter) - shifter;
  lanes_vector first = (lanes_vector)((lanes_words)(half + shifter) << 52);
  lanes_vector second = (lanes_vector)((lanes_words)((n - half) + shifter) << 52);
  return a * first * second;
#endif
}

// One number, as in a lane. Swift 6.3 makes `?:` a branch and copies what follows into both arms; these are one
// instruction, which no price can mispredict.

LANES_INLINE double number_select(_Bool m, double a, double b) { return m ? a : b; }
LANES_INLINE double number_minimum(double a, double b) { return a < b ? a : b; }
LANES_INLINE double number_maximum(double a, double b) { return a > b ? a : b; }
LANES_INLINE _Bool truth_and(_Bool a, _Bool b) { return a & b; }
LANES_INLINE _Bool truth_or(_Bool a, _Bool b) { return a | b; }
LANES_INLINE _Bool truth_not(_Bool a) { return !a; }

// Sixteen numbers in single precision: what networks compute in.

typedef float floats_vector __attribute__((ext_vector_type(16)));
typedef unsigned floats_words __attribute__((ext_vector_type(16)));

LANES_INLINE floats_vector floats_broadcast(float a) { return (floats_vector)(a); }
LANES_INLINE floats_vector floats_add(floats_vector a, floats_vector b) { return a + b; }
LANES_INLINE floats_vector floats_subtract(floats_vector a, floats_vector b) { return a - b; }
LANES_INLINE floats_vector floats_negate(floats_vector a) { return -a; }
LANES_INLINE floats_vector floats_multiply(floats_vector a, floats_vector b) { return a * b; }
LANES_INLINE floats_vector floats_minimum(floats_vector a, floats_vector b) { return a < b ? a : b; }
LANES_INLINE floats_vector floats_maximum(floats_vector a, floats_vector b) { return a > b ? a : b; }
/// b where a > 0, else 0.
LANES_INLINE floats_vector floats_where_positive(floats_vector a, floats_vector b) {
  return a > (floats_vector)(0.0f) ? b : (floats_vector)(0.0f);
}
LANES_INLINE floats_vector floats_fma(floats_vector a, floats_vector b, floats_vector c) {
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}
/// a0 b0 a1 b1 … a7 b7.
LANES_INLINE floats_vector floats_interleave_low(floats_vector a, floats_vector b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
/// a8 b8 a9 b9 … a15 b15.
LANES_INLINE floats_vector floats_interleave_high(floats_vector a, floats_vector b) {
  return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
/// Four numbers, of which four make sixteen.
typedef float floats_quad __attribute__((ext_vector_type(4)));

LANES_INLINE floats_vector floats_of_quads(floats_quad a, floats_quad b, floats_quad c, floats_quad d) {
  typedef float half __attribute__((ext_vector_type(8)));
  half low = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7);
  half high = __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7);
  return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
/// Number 0, 1, 2 or 3 of each quad in all of its four places.
LANES_INLINE floats_vector floats_spread_0(floats_vector a) {
  return __builtin_shufflevector(a, a, 0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12);
}
LANES_INLINE floats_vector floats_spread_1(floats_vector a) {
  return __builtin_shufflevector(a, a, 1, 1, 1, 1, 5, 5, 5, 5, 9, 9, 9, 9, 13, 13, 13, 13);
}
LANES_INLINE floats_vector floats_spread_2(floats_vector a) {
  return __builtin_shufflevector(a, a, 2, 2, 2, 2, 6, 6, 6, 6, 10, 10, 10, 10, 14, 14, 14, 14);
}
LANES_INLINE floats_vector floats_spread_3(floats_vector a) {
  return __builtin_shufflevector(a, a, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
}
/// A first guess of 1/a for a positive a, within 12 %: the exponent and the fraction turned round as one integer.
LANES_INLINE floats_vector floats_guess_reciprocal(floats_vector a) {
  return (floats_vector)((floats_words)(0x7ef311c7u) - (floats_words)a);
}
/// A first guess of 1/√a for a positive a, within 3.5 %.
LANES_INLINE floats_vector floats_guess_reciprocal_root(floats_vector a) {
  return (floats_vector)((floats_words)(0x5f375a86u) - ((floats_words)a >> (floats_words)(1u)));
}

/// 2 with AVX-512, 1 with a fused multiply-add (AVX2, NEON), 0 without one.
LANES_INLINE int lanes_cpu_level(void) {
#if defined(__AVX512F__)
  return 2;
#elif defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  return 1;
#else
  return 0;
#endif
}
