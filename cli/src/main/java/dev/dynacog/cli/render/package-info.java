/** Records become tables, JSON, JSON Lines, CSV or YAML: one interface, one class for each format. */
@NullMarked
package dev.dynacog.cli.render;

import org.jspecify.annotations.NullMarked;
