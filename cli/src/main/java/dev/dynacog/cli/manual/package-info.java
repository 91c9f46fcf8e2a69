/** Makes the manual pages of the distribution, while it is built. */
@NullMarked
package dev.dynacog.cli.manual;

import org.jspecify.annotations.NullMarked;
