/**
 * The way to AWS: endpoints, credentials, HTTP, retries, and what the SDK's failures mean. This package alone knows how a
 * client is built.
 */
@NullMarked
package dev.dynacog.aws;

import org.jspecify.annotations.NullMarked;
