/** User pools. This package alone knows the Cognito SDK's types. */
@NullMarked
package dev.dynacog.cognito;

import org.jspecify.annotations.NullMarked;
