/** What is known of the terminal, and the only way to write to it: colour, width, whole lines, no raw control characters. */
@NullMarked
package dev.dynacog.cli.terminal;

import org.jspecify.annotations.NullMarked;
