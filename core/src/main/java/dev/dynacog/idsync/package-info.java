/** The id sync: which user of a pool belongs to which row of a table, and the write of their subs. */
@NullMarked
package dev.dynacog.idsync;

import org.jspecify.annotations.NullMarked;
