/** Fixtures become rows: this package alone knows the formats of fixtures and of lists of people. */
@NullMarked
package dev.dynacog.seed;

import org.jspecify.annotations.NullMarked;
