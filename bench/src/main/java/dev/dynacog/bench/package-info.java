/**
 * What dynacog costs, measured against others that do the same: the assembled distribution as processes, interleaved
 * with its rivals. Knows nothing of the tool's own classes.
 */
@NullMarked
package dev.dynacog.bench;

import org.jspecify.annotations.NullMarked;
