/** Postgres: databases, schemas, seeds, migrations and sessions. */
@NullMarked
package dev.dynacog.cli.command.db;

import org.jspecify.annotations.NullMarked;
