/**
 * What the class archive is made of: the real commands, run once each against servers that this package pretends to be.
 * The launcher starts it in the background; no command uses it.
 */
@NullMarked
package dev.dynacog.cli.training;

import org.jspecify.annotations.NullMarked;
