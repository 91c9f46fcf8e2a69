/** The users of a pool, and their subs in Postgres. */
@NullMarked
package dev.dynacog.cli.command.cognito;

import org.jspecify.annotations.NullMarked;
