/** The projector of last messages as an AWS Lambda function on the table's stream. It knows core, and no command line. */
@NullMarked
package dev.dynacog.lambda;

import org.jspecify.annotations.NullMarked;
