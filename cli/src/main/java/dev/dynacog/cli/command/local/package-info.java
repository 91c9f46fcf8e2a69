/** The local stack: starts, finds and ends it, a process of its own whose JVM this package knows how to call. */
@NullMarked
package dev.dynacog.cli.command.local;

import org.jspecify.annotations.NullMarked;
