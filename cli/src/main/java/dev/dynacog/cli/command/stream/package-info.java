/** What happens to the message table, followed and projected. */
@NullMarked
package dev.dynacog.cli.command.stream;

import org.jspecify.annotations.NullMarked;
