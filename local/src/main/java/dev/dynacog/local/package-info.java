/**
 * The servers of the local stack: DynamoDB Local and an embedded Postgres, on 127.0.0.1 only, and the JVM that runs
 * them. Knows nothing of the tool; the two share one small state file, which {@link dev.dynacog.local.StackMain}
 * writes and the tool reads.
 */
@NullMarked
package dev.dynacog.local;

import org.jspecify.annotations.NullMarked;
