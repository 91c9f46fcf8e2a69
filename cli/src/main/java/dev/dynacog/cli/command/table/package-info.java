/** Tables: their schemas, listed, described, made and dropped. */
@NullMarked
package dev.dynacog.cli.command.table;

import org.jspecify.annotations.NullMarked;
