// Everything is inline: this file makes the header a target of its own, and compiles it once as C.
#include "CLanes.h"
