package dev.dynacog.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small commands: from the call to the end of the process. */
final class StartUp implements Section {
    private static final String TABLE = "cruddur-messages";
    private static final int ITEMS = 100;
    /** Of the items of a seeded group, those that are no messages: two rows and the pair. */
    private static final int ROWS = 3;

    private static final int USERS = 100;
    private static final Path SYSTEM_CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");
    private static final Pattern GROUP = Pattern.compile("MSG#([0-9a-f-]{36})");

    private static final Contest.Goal LIST_BOTO3 = new Contest.Goal(0.45, 0.75);
    private static final Contest.Goal LIST_AWS = new Contest.Goal(0.30, 0.50);
    private static final Contest.Goal READ = new Contest.Goal(0.50, 0.80);
    private static final Contest.Goal HELP = new Contest.Goal(0.30, 0.50);
    private static final Contest.Goal TLS = new Contest.Goal(0.75, 0.95);
    private static final Contest.Goal USER = new Contest.Goal(0.60, 0.90);

    private final Grounds grounds;
    private final Consumer<String> progress;

    StartUp(Grounds grounds, Consumer<String> progress) {
        this.grounds = grounds;
        this.progress = progress;
    }

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public void measure(Results results) throws IOException {
        Scoreboard board = new Scoreboard("command", "ms");
        try (LocalStack stack = LocalStack.start(grounds, USERS, LocalStack.Data.IN_MEMORY)) {
            stack.dynacog("seed", "--groups", "1", "--messages", String.valueOf(ITEMS - ROWS));
            UserRows.today(grounds.folder(), USERS).into(stack);
            List<Contest> contests = new ArrayList<>(
                    List.of(listTables(stack.variables()).build(), getConversation(stack), scan(stack)));
            contests.addAll(withoutService());
            for (Contest contest : contests) {
                run(contest, board);
            }
            overTls(stack, board, results);
            run(listUsers(stack), board);
            run(planIds(stack), board);
        }
        results.section("Start-up");
        results.say("""
                From the call to the end of the process, in milliseconds: median (quartiles) of %d interleaved rounds.
                Ratio: dynacog's median to the rival's. Memory: the most that was resident, in the uncounted round; the goal is at most twice boto3's.
                What needs no service is held against `aws --version`, the shortest thing that the AWS CLI can do.
                DynamoDB Local, the Cognito endpoint and Postgres are those of `dynacog local up --in-memory`, on the same machine.""".formatted(grounds.scale().rounds()));
        results.table(board.table());
    }

    private void run(Contest contest, Scoreboard board) throws IOException {
        board.add(contest.run(grounds.race(), grounds.scale().rounds(), progress), new Yardstick.Time());
    }

    private Contest.Builder listTables(Map<String, String> variables) {
        Essence names = Essence.count(TABLE);
        return Contest.of("`list-tables --names`")
                .dynacog(grounds, variables, names, "list-tables", "--names")
                .against(grounds.rivals().boto3(variables, names, "list_tables.py"), LIST_BOTO3)
                .against(grounds.rivals().aws(variables, names, "dynamodb", "list-tables"), LIST_AWS)
                .against(grounds.rivals()
                        .dynein(variables, names, "--region", "local", "--port", port(variables), "list"));
    }

    private static String port(Map<String, String> variables) {
        return String.valueOf(URI.create(variables.getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", ""))
                .getPort());
    }

    private Contest getConversation(LocalStack stack) throws IOException {
        Matcher group = GROUP.matcher(stack.dynacog("scan", "-o", "jsonl"));
        if (!group.find()) {
            throw new BenchException("seed made no group that scan shows", "");
        }
        Essence messages = Essence.count("\"created_at\":");
        Essence spaced = Essence.count("\"created_at\": ");
        return Contest.of("`get-conversation`, 20 messages")
                .dynacog(grounds, stack.variables(), messages, "get-conversation", group.group(1))
                .against(
                        grounds.rivals().boto3(stack.variables(), spaced, "get_conversation.py", TABLE, group.group(1)),
                        READ)
                .build();
    }

    private Contest scan(LocalStack stack) {
        // The AWS CLI shows items in DynamoDB's own form, so all that can be held against the others is their number.
        Essence items =
                grounds.rivals().aws(Map.of(), Essence.NONE).isPresent() ? Essence.count("\"pk\":") : Essence.records();
        return Contest.of("`scan`, " + ITEMS + " items")
                .dynacog(grounds, stack.variables(), items, "scan")
                .against(grounds.rivals().boto3(stack.variables(), items, "scan.py", TABLE), READ)
                .against(grounds.rivals().aws(stack.variables(), items, "dynamodb", "scan", "--table-name", TABLE))
                .build();
    }

    /** Each against {@code aws --version}: there is no counterpart. */
    private List<Contest> withoutService() {
        List<Contest> contests = new ArrayList<>();
        for (List<String> arguments : List.of(List.of("--help"), List.of("--version"), List.of("completion", "bash"))) {
            contests.add(Contest.of("`" + String.join(" ", arguments) + "`")
                    .dynacog(grounds, Map.of(), Essence.NONE, arguments.toArray(String[]::new))
                    .against(grounds.rivals().aws(Map.of(), Essence.NONE, "--version"), HELP)
                    .build());
        }
        return contests;
    }

    private void overTls(LocalStack stack, Scoreboard board, Results results) throws IOException {
        Essence names = Essence.count(TABLE);
        int port = URI.create(stack.dynamodb()).getPort();
        try (TlsProxy proxy = TlsProxy.start(port, grounds.folder(), grounds.processes())) {
            Map<String, String> variables = new HashMap<>(stack.variables());
            variables.put("AWS_ENDPOINT_URL_DYNAMODB", proxy.url());
            Contest.Builder contest = Contest.of("`list-tables --names`, https");
            for (Jdk jdk : grounds.jdks()) {
                Map<String, String> trusting = new HashMap<>(variables);
                trusting.put("DYNACOG_JAVA_OPTS", "-Djavax.net.ssl.trustStore=" + proxy.trustStoreFor(jdk));
                contest.candidate(grounds.installation()
                        .candidate(jdk, trusting, names, "list-tables", "--names", "--env", "prod"));
            }
            Optional<Python> python = grounds.rivals().python();
            Optional<Path> certificates = python.flatMap(it -> it.fact("certificates"))
                    .map(Path::of)
                    .or(() -> Optional.of(SYSTEM_CERTIFICATES).filter(Files::isReadable));
            if (certificates.isPresent()) {
                variables.put(
                        "AWS_CA_BUNDLE", proxy.bundleWith(certificates.get()).toString());
                contest.against(grounds.rivals().boto3(variables, names, "list_tables.py"), TLS)
                        .against(grounds.rivals().aws(variables, names, "dynamodb", "list-tables"));
            } else {
                results.missing("a bundle of certificates: no comparison over https");
            }
            run(contest.build(), board);
        }
    }

    private Contest listUsers(LocalStack stack) {
        Essence users = Essence.count("\"username\":");
        return Contest.of("`cognito list-users`, " + USERS + " users")
                .dynacog(grounds, stack.variables(), users, "cognito", "list-users")
                .against(grounds.rivals().boto3(stack.variables(), users, "list_users.py", stack.pool()), USER)
                .against(grounds.rivals()
                        .aws(
                                stack.variables(),
                                Essence.count("\"Username\":"),
                                "cognito-idp",
                                "list-users",
                                "--user-pool-id",
                                stack.pool()))
                .build();
    }

    private Contest planIds(LocalStack stack) {
        return Contest.of("`update-cognito-user-ids --dry-run`, " + USERS + " users")
                .dynacog(
                        grounds,
                        stack.variables(),
                        Essence.count("\"old\":\"MOCK\""),
                        "update-cognito-user-ids",
                        "--dry-run")
                .against(
                        grounds.rivals()
                                .psycopg(
                                        stack.variables(),
                                        Essence.count("\"old\": \"MOCK\""),
                                        "plan_ids.py",
                                        stack.pool(),
                                        stack.postgres()),
                        USER)
                .build();
    }
}
