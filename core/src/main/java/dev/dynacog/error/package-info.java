/** How a failure is told: what went wrong in one line, what to do in another, and of which kind it is. */
@NullMarked
package dev.dynacog.error;

import org.jspecify.annotations.NullMarked;
