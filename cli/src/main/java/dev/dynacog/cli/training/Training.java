package dev.dynacog.cli.training;

import dev.dynacog.cli.Dynacog;
import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Runs every command in one JVM, whose classes the launcher then archives. Once is enough: a class that is loaded twice
 * isn't loaded better.
 *
 * <p>Nothing here is the user's: the variables are made here, and the SDK, which reads some settings by itself, finds the
 * empty home of whoever starts this, and for credentials files of our own.
 */
public final class Training {
    /** What is run, and how it must end. */
    record Step(int exit, List<String> arguments) {}

    /** What a stand-in says that knows few answers makes little sense to some: these may end as they like. */
    private static final int ANYHOW = -1;

    /** Commands that start other programs or wait for others. Their help is as much as can be run here. */
    private static final List<String> STARTERS =
            List.of("local up", "local run", "local logs", "local down", "stream follow", "stream project");

    private static final List<Step> STEPS = List.of(
            step(ExitCode.DONE),
            step(ExitCode.DONE, "--help"),
            step(ExitCode.DONE, "--version"),
            step(ExitCode.USAGE, "list-tabels"),
            step(ExitCode.USAGE, "list-tables", "--nmaes"),
            step(ExitCode.DONE, "completion", "bash"),
            step(ExitCode.DONE, "completion", "zsh"),
            step(ExitCode.DONE, "completion", "fish"),
            step(ExitCode.DONE, "complete", "environments"),
            step(ExitCode.DONE, "complete", "tables", "--", "describe"),
            step(ExitCode.DONE, "complete", "indexes", "--", "scan", StubAws.TABLE),
            step(ExitCode.DONE, "complete", "handles"),
            step(ExitCode.DONE, "complete", "regions"),
            step(ExitCode.DONE, "complete", "profiles"),
            step(ExitCode.DONE, "config", "show"),
            step(ExitCode.DONE, "config", "show", "--env", "trained"),
            step(ExitCode.DONE, "config", "trust", "--list"),
            step(ExitCode.DONE, "doctor"),
            step(ANYHOW, "local", "status"),
            step(ANYHOW, "local", "env"),
            step(ExitCode.DONE, "schema-load"),
            step(ExitCode.DONE, "schema-load"),
            step(ExitCode.DIFFERENCES, "schema-load", "--on-demand"),
            step(ExitCode.DIFFERENCES, "schema-load", "--on-demand", "--dry-run"),
            step(ExitCode.DIFFERENCES, "schema-load", "--on-demand", "--apply"),
            step(ExitCode.DONE, "list-tables"),
            step(ExitCode.DONE, "list-tables", "--names"),
            step(ExitCode.DONE, "describe", StubAws.TABLE),
            step(ExitCode.DONE, "describe", StubAws.TABLE, "-o", "json"),
            step(ExitCode.NOT_FOUND, "describe", "absent"),
            step(ExitCode.DONE, "scan"),
            step(ExitCode.DONE, "scan", "-o", "table"),
            step(ExitCode.DONE, "scan", "-o", "json"),
            step(ExitCode.DONE, "scan", "-o", "jsonl", "--typed"),
            step(ExitCode.DONE, "scan", "-o", "csv"),
            step(ExitCode.DONE, "scan", "-o", "yaml"),
            step(ExitCode.DONE, "scan", "--query", "pk", "--limit", "1"),
            step(ExitCode.DONE, "scan", "--count", "--segments", "2"),
            step(ExitCode.DONE, "scan", "--filter", "#n > :n", "--name", "#n=n", "--value", ":n={\"N\":\"5\"}"),
            step(ANYHOW, "seed"),
            step(ANYHOW, "list-conversations"),
            step(ANYHOW, "list-conversations", "bayko"),
            step(ANYHOW, "get-conversation"),
            step(ANYHOW, "get-conversation", "5ae290ed-55d1-47a0-bc6d-fe2bc2700399"),
            step(ANYHOW, "send-message", "--from", "bayko", "--to", "andrewbrown", "hello"),
            step(ExitCode.DONE, "cognito", "list-users"),
            // As far as a database goes that answers the same to everything.
            step(ExitCode.FAILED, "update-cognito-user-ids", "--dry-run"),
            step(ExitCode.DONE, "drop", StubAws.TABLE, "--dry-run"),
            step(ExitCode.DONE, "drop", StubAws.TABLE),
            step(ExitCode.NOT_FOUND, "drop", StubAws.TABLE),
            step(ExitCode.USAGE, "db"),
            step(ExitCode.DONE, "db", "create"),
            step(ExitCode.DONE, "db", "drop"),
            step(ExitCode.DIFFERENCES, "db", "schema-load"),
            step(ExitCode.DONE, "db", "seed"),
            step(ExitCode.DIFFERENCES, "db", "migrate", "--status"),
            step(ExitCode.DONE, "db", "migrate"),
            step(ExitCode.DONE, "db", "rollback"),
            step(ExitCode.DONE, "db", "sessions"),
            step(ExitCode.NOT_FOUND, "db", "connect"),
            step(ExitCode.DONE, "db", "setup", "--dry-run"));

    /** These speak TLS, to our own server, with credentials from a profile of ours. */
    private static final List<Step> SECURE_STEPS = List.of(
            step(ExitCode.DONE, "list-tables", "--names", "--env", "prod"),
            step(ExitCode.USAGE, "drop", "absent", "--env", "prod"));

    private final Path work;
    private final PrintStream surprises;

    private Training(Path work, PrintStream surprises) {
        this.work = work;
        this.surprises = surprises;
    }

    /** Prints a line for each command that doesn't end as it must; the archive is worth having all the same. */
    public static void main(String[] args) throws IOException {
        new Training(Files.createTempDirectory("dynacog-training"), System.err).run();
        System.exit(0);
    }

    /** The arguments of all that is run. */
    static List<List<String>> all() {
        List<List<String>> all = new ArrayList<>();
        STEPS.forEach(step -> all.add(step.arguments()));
        STARTERS.forEach(command -> all.add(helpOf(command)));
        return all;
    }

    private static Step step(int exit, String... arguments) {
        return new Step(exit, List.of(arguments));
    }

    private static List<String> helpOf(String command) {
        List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ")));
        arguments.add("--help");
        return arguments;
    }

    private void run() throws IOException {
        Map<String, String> home = home();
        try (StubPostgres postgres = StubPostgres.start();
                StubAws aws = StubAws.start()) {
            // As on the machine of a developer whose stack is up: no variable says where the servers are.
            Path stack = writeStack(aws.url(), postgres.url());
            for (Step step : STEPS) {
                run(step, Terminal.Ttys.NONE, home);
            }
            for (String command : STARTERS) {
                run(new Step(ExitCode.DONE, helpOf(command)), Terminal.Ttys.NONE, home);
            }
            Files.delete(stack);
            // The same by variables, and for a person's eyes: columns, colours, progress.
            Map<String, String> variables = new HashMap<>(home);
            variables.putAll(endpoints(aws.url(), postgres.url()));
            for (Step step : STEPS) {
                run(step, Terminal.Ttys.ALL, variables);
            }
            leadSdkAway();
            runSecurely(variables);
        }
    }

    private void runSecurely(Map<String, String> variables) throws IOException {
        try (StubAws aws = StubAws.startSecure(work)) {
            Map<String, String> secure = new HashMap<>(variables);
            secure.put("AWS_ENDPOINT_URL_DYNAMODB", aws.url());
            for (Step step : SECURE_STEPS) {
                run(step, Terminal.Ttys.NONE, secure);
            }
        } catch (GeneralSecurityException e) {
            surprises.println("no TLS: " + e);
        }
    }

    private void run(Step step, Terminal.Ttys ttys, Map<String, String> variables) {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                // Nobody is there to answer a question.
                new Terminal.Ttys(false, ttys.out(), ttys.err()),
                ttys.out() ? OptionalInt.of(100) : OptionalInt.empty());
        int exit = Dynacog.run(terminal, variables, step.arguments().toArray(String[]::new));
        if (exit != step.exit() && step.exit() != ANYHOW) {
            surprises.println(
                    String.join(" ", step.arguments()) + ": exit code " + exit + " instead of " + step.exit());
        }
    }

    private Map<String, String> home() throws IOException {
        Files.createDirectories(work.resolve("dynacog"));
        Files.writeString(work.resolve("dynacog").resolve("dynacog.yaml"), """
                environments:
                  trained:
                    region: eu-west-1
                """);
        return Map.of(
                "HOME", work.toString(),
                "XDG_CONFIG_HOME", work.toString(),
                "XDG_STATE_HOME", work.toString(),
                "XDG_DATA_HOME", work.toString(),
                "XDG_CACHE_HOME", work.toString(),
                "TERM", "xterm-256color",
                "AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1");
    }

    private Path writeStack(String aws, String postgres) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        return Files.writeString(work.resolve("dynacog").resolve("stack.properties"), """
                status=ready
                pid=%d
                started=%s
                dynamodb.endpoint=%s
                cognito.endpoint=%s
                cognito.pool=eu-west-1_Training1
                postgres.url=%s
                """.formatted(
                        self.pid(), self.info().startInstant().orElse(Instant.now()), aws, aws, postgres));
    }

    private static Map<String, String> endpoints(String aws, String postgres) {
        return Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ENDPOINT_URL_DYNAMODB", aws,
                "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", aws,
                "AWS_ENDPOINT_URL_STS", aws,
                "AWS_COGNITO_USER_POOL_ID", "eu-west-1_Training1",
                "CONNECTION_URL", postgres);
    }

    /** The SDK's own readers of files and of the machine's metadata. */
    private void leadSdkAway() throws IOException {
        Path credentials = work.resolve("credentials");
        Files.writeString(credentials, """
                [default]
                aws_access_key_id = training
                aws_secret_access_key = training
                """);
        Path config = work.resolve("config");
        Files.writeString(config, "[default]\nregion = eu-west-1\n");
        System.setProperty("aws.sharedCredentialsFile", credentials.toString());
        System.setProperty("aws.configFile", config.toString());
        System.setProperty("aws.disableEc2Metadata", "true");
    }
}
