#pragma once
typedef double lanes8 __attribute__((ext_vector_type(8)));
typedef long mask8 __attribute__((ext_vector_type(8)));
static inline __attribute__((always_inline)) lanes8 lanes_mul(lanes8 a, lanes8 b){return a*b;}
static inline __attribute__((always_inline)) lanes8 lanes_add(lanes8 a, lanes8 b){return a+b;}
#ifdef __FMA__
static inline __attribute__((always_inline)) lanes8 lanes_fma(lanes8 a, lanes8 b, lanes8 c){return __builtin_elementwise_fma(a,b,c);}
#else
static inline __attribute__((always_inline)) lanes8 lanes_fma(lanes8 a, lanes8 b, lanes8 c){return a*b+c;}
#endif
static inline __attribute__((always_inline)) mask8 lanes_lt(lanes8 a, lanes8 b){return a<b;}
static inline __attribute__((always_inline)) lanes8 lanes_sel(mask8 m, lanes8 a, lanes8 b){return m ? a : b;}
static inline int lanes_has_fma(void){
#ifdef __AVX512F__
return 2;
#elif defined(__FMA__)
return 1;
#else
return 0;
#endif
}
