/** Starts, finds and ends the local stack, which is a process of its own: this package knows how its JVM is called. */
@NullMarked
package dev.dynacog.cli.local;

import org.jspecify.annotations.NullMarked;
