#pragma once
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_version.h>
#include "philox.h"

/// The version of the library at hand.
static inline const char *gsl_library_version(void) { return gsl_version; }

/// The Mersenne Twister.
static inline const gsl_rng_type *gsl_mersenne_twister(void) { return gsl_rng_mt19937; }

/// Nelder and Mead's simplex, in the variant whose step costs O(n).
static inline const gsl_multimin_fminimizer_type *gsl_simplex_minimizer(void) { return gsl_multimin_fminimizer_nmsimplex2; }
