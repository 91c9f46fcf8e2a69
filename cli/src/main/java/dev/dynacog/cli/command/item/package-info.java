/** The items of any table. */
@NullMarked
package dev.dynacog.cli.command.item;

import org.jspecify.annotations.NullMarked;
