/** Tables and their schemas, made, changed, described and dropped. What this package returns are records and plain maps, not the SDK's types. */
@NullMarked
package dev.dynacog.dynamo.table;

import org.jspecify.annotations.NullMarked;
