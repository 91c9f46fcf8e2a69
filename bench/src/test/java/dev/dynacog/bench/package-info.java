@NullMarked
package dev.dynacog.bench;

import org.jspecify.annotations.NullMarked;
