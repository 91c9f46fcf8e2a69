/** What a command found, as records with stable field names, and how those look to people. */
@NullMarked
package dev.dynacog.cli.view;

import org.jspecify.annotations.NullMarked;
