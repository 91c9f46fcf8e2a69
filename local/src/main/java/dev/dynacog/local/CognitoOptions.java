package dev.dynacog.local;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a Cognito endpoint is started.
 *
 * @param port 0 for any free one
 * @param dataFolder where changed users are kept; without one they are forgotten
 * @param users the file with the pool's users; without one, those that dynacog ships
 */
public record CognitoOptions(int port, Optional<Path> dataFolder, Optional<Path> users) {}
