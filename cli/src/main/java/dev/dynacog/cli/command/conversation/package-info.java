/** People, their conversations and messages, and the fixtures that seed them. */
@NullMarked
package dev.dynacog.cli.command.conversation;

import org.jspecify.annotations.NullMarked;
