/** The tool itself: its settings, its health and its completion. */
@NullMarked
package dev.dynacog.cli.command.tool;

import org.jspecify.annotations.NullMarked;
