/** Records become tables, JSON, JSON Lines or CSV: one interface, one class for each format. */
@NullMarked
package dev.dynacog.cli.render;

import org.jspecify.annotations.NullMarked;
