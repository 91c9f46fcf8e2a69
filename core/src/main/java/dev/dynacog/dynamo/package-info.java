/** Tables and items. This package alone knows the DynamoDB SDK's types; what it returns are records and plain maps. */
@NullMarked
package dev.dynacog.dynamo;

import org.jspecify.annotations.NullMarked;
