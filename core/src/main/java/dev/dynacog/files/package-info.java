/**
 * Whose a file is, and files that are this user's alone. Whatever is read from a place where somebody else could have
 * put it asks {@link dev.dynacog.files.OwnFiles} first; whatever is written for this user's eyes is written by
 * {@link dev.dynacog.files.PrivateFile}.
 */
@NullMarked
package dev.dynacog.files;

import org.jspecify.annotations.NullMarked;
