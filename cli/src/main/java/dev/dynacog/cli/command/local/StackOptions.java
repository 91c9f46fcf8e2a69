package dev.dynacog.cli.command.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a stack is started with.
 *
 * @param users the file with the pool's users; nothing for those that dynacog ships
 * @param password of the role that apps know; nothing for the one that the data has, or the usual one
 * @param data where its data is kept; nothing for a stack in memory
 */
public record StackOptions(
        OptionalInt dynamodbPort,
        OptionalInt postgresPort,
        OptionalInt cognitoPort,
        Optional<Path> data,
        Optional<Path> users,
        Optional<String> password) {

    /** A stack of which nothing stays, on any free ports. */
    public static StackOptions passing() {
        return new StackOptions(
                OptionalInt.of(0),
                OptionalInt.of(0),
                OptionalInt.of(0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Without the password, which everybody could see among arguments. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        dynamodbPort.ifPresent(port -> arguments.addAll(List.of("--port-dynamodb", String.valueOf(port))));
        postgresPort.ifPresent(port -> arguments.addAll(List.of("--port-postgres", String.valueOf(port))));
        cognitoPort.ifPresent(port -> arguments.addAll(List.of("--port-cognito", String.valueOf(port))));
        users.ifPresent(file ->
                arguments.addAll(List.of("--users", file.toAbsolutePath().toString())));
        data.ifPresentOrElse(
                folder -> arguments.addAll(List.of("--data-dir", folder.toString())),
                () -> arguments.add("--in-memory"));
        return arguments;
    }
}
