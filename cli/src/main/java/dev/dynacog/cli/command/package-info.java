/**
 * A package for each noun, with its commands, what they print and how that looks. Here is what several of them share.
 */
@NullMarked
package dev.dynacog.cli.command;

import org.jspecify.annotations.NullMarked;
