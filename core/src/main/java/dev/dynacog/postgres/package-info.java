/** The database. This package alone knows the driver and the connection pool. */
@NullMarked
package dev.dynacog.postgres;

import org.jspecify.annotations.NullMarked;
