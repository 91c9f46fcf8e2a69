/** One command a file: its options, and the few lines from them to a request, a service and a view. */
@NullMarked
package dev.dynacog.cli.command;

import org.jspecify.annotations.NullMarked;
