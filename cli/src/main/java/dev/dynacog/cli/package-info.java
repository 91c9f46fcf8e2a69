/** The command line: from the arguments to an exit code. */
@NullMarked
package dev.dynacog.cli;

import org.jspecify.annotations.NullMarked;
