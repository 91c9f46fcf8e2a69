/** A table's stream, read in order, with checkpoints. What this package returns are records and plain maps, not the SDK's types. */
@NullMarked
package dev.dynacog.dynamo.stream;

import org.jspecify.annotations.NullMarked;
