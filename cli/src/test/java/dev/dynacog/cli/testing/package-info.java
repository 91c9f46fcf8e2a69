/** What tests of whole commands share: real servers, and a way to run a command and see what came out. */
@NullMarked
package dev.dynacog.cli.testing;

import org.jspecify.annotations.NullMarked;
