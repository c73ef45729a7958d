import Lanes

// The library's own functions of one number, for whatever is drawn. The C library's round differently from processor to
// processor, since they take the instructions that they find; in this module these stand in front of them.

/// eˣ.
func exp(_ x: Double) -> Double { exp(Lanes(x))[0] }

/// The natural logarithm.
func log(_ x: Double) -> Double { log(Lanes(x))[0] }

/// log(1 + x), also near 0.
func log1p(_ x: Double) -> Double { log1p(Lanes(x))[0] }

/// eˣ − 1, also near 0.
func expm1(_ x: Double) -> Double { expm1(Lanes(x))[0] }
