/**
 * Where things are: the environments, and for each setting the place it was taken from. This package alone knows the
 * order of places: flag, environment variable, running local stack, file, default.
 */
@NullMarked
package dev.dynacog.config;

import org.jspecify.annotations.NullMarked;
