/**
 * People, their groups and their messages, as the app keeps them in one table. This package alone knows that table's
 * model: which keys there are, what stands in a row, and how rows are changed so that none is lost.
 */
@NullMarked
package dev.dynacog.messages;

import org.jspecify.annotations.NullMarked;
