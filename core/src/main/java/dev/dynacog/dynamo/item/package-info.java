/** Items, read and written one by one or in bulk, within budgets. What this package returns are records and plain maps, not the SDK's types. */
@NullMarked
package dev.dynacog.dynamo.item;

import org.jspecify.annotations.NullMarked;
