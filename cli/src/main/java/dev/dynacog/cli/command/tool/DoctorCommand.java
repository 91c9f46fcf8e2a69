package dev.dynacog.cli.command.tool;

import dev.dynacog.aws.Caller;
import dev.dynacog.aws.FailureTranslator;
import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.PlaceLabel;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.View;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.config.Environment;
import dev.dynacog.config.PostgresUrl;
import dev.dynacog.config.Service.Credentials;
import dev.dynacog.config.Sourced;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        header = "Check everything the environment needs, and suggest fixes.",
        description = "Exit code 1 means that a check failed.",
        footer = {"", "Examples:", "  dynacog doctor", "  dynacog --env prod doctor"})
public final class DoctorCommand implements Callable<Integer> {
    private enum Grade {
        OK(Tone.GOOD),
        WARN(Tone.ATTENTION),
        FAIL(Tone.DANGER);

        private final Tone tone;

        Grade(Tone tone) {
            this.tone = tone;
        }
    }

    private record Finding(String check, Grade grade, String message, String hint) {
        static Finding ok(String check, String message) {
            return new Finding(check, Grade.OK, message, "");
        }

        static Finding warn(String check, String message, String hint) {
            return new Finding(check, Grade.WARN, message, hint);
        }
    }

    private final Session session;

    public DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        for (Optional<Finding> found : List.of(
                Optional.of(java()),
                variables(),
                credentials(),
                Optional.of(check("dynamodb", this::dynamodb)),
                Optional.of(check("postgres", this::postgres)),
                pool())) {
            found.map(this::completed).ifPresent(findings::add);
        }
        if (session.output().isForPeople()) {
            findings.forEach(this::print);
            session.console().out().flush();
        } else {
            session.output()
                    .all(
                            View.fromRecords(),
                            findings.stream().map(DoctorCommand::record).toList());
        }
        return findings.stream().anyMatch(finding -> finding.grade() == Grade.FAIL) ? ExitCode.FAILED : ExitCode.DONE;
    }

    private Finding completed(Finding finding) {
        return new Finding(
                finding.check(),
                finding.grade(),
                finding.message(),
                session.hints().complete(finding.hint()));
    }

    /** A check that can't be made has failed, and says so as the command would that needs it. */
    private static Finding check(String name, Supplier<Finding> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            DynacogException known = FailureTranslator.translate(e).orElseThrow(() -> e);
            return new Finding(name, Grade.FAIL, String.valueOf(known.getMessage()), known.hint());
        }
    }

    private Finding java() {
        String version = "Java " + System.getProperty("java.version");
        return switch (System.getProperty("dynacog.archive", "none")) {
            case "used" -> Finding.ok("java", version + ", start-up archive in use");
            case "building" -> Finding.ok("java", version + ", start-up archive is being created");
            case "nowhere" ->
                Finding.warn(
                        "java",
                        version + ", without a start-up archive: "
                                + session.folders().cache() + " is not writable or not yours",
                        "set XDG_CACHE_HOME to a folder you own; commands start slower without it");
            default ->
                Finding.warn(
                        "java",
                        version + ", without a start-up archive",
                        "commands start slower; check that DYNACOG_ARCHIVE is not off");
        };
    }

    /** AWS_ENDPOINT_URL counts here for DynamoDB alone, but every other tool obeys it for everything. */
    private Optional<Finding> variables() {
        String everything = session.variables().getOrDefault("AWS_ENDPOINT_URL", "");
        if (everything.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "variables",
                Grade.FAIL,
                "AWS_ENDPOINT_URL is set to " + everything + ": other tools will send Cognito calls there",
                "export AWS_ENDPOINT_URL_DYNAMODB instead"));
    }

    private Optional<Finding> credentials() {
        Environment environment = session.environment();
        if (environment.aws().dynamodb().credentials() == Credentials.DUMMY
                && environment.aws().cognito().credentials() == Credentials.DUMMY) {
            return Optional.empty();
        }
        return Optional.of(check("credentials", () -> {
            Caller caller = Caller.ask(session.clients());
            return Finding.ok(
                    "credentials",
                    "account " + caller.account() + " as " + caller.identity() + ", "
                            + session.clients().region());
        }));
    }

    private Finding dynamodb() {
        List<String> names = session.tables().names();
        String where = "DynamoDB " + PlaceLabel.dynamodb(session.environment());
        if (names.isEmpty()) {
            return Finding.warn("dynamodb", where + " answers, but has no tables", "dynacog schema-load");
        }
        String messageTable = session.environment().messageTable().value();
        String tables = where + ", " + Quantities.of(names.size(), "table", "tables");
        return names.contains(messageTable)
                ? Finding.ok("dynamodb", tables)
                : Finding.warn("dynamodb", tables + ", but no " + messageTable, "dynacog schema-load");
    }

    private Finding postgres() {
        Optional<Sourced<PostgresUrl>> url = session.environment().postgres();
        if (url.isEmpty()) {
            return Finding.warn(
                    "postgres",
                    "no Postgres is configured for environment "
                            + session.environment().name().value(),
                    session.environment().name().value().equals("prod")
                            ? "set PROD_CONNECTION_URL"
                            : "set postgres.url in dynacog.yaml");
        }
        PostgresUrl address = url.get().value();
        String where = "Postgres " + address.hostList() + "/" + address.database();
        long users = session.database().countUsers();
        if (users < 0) {
            return Finding.warn(
                    "postgres", where + " answers, but has no table public.users", "dynacog db schema-load");
        }
        return users == 0
                ? Finding.warn("postgres", where + " answers, but public.users is empty", "dynacog db seed")
                : Finding.ok("postgres", where + ", " + Quantities.of(users, "user", "users"));
    }

    private Optional<Finding> pool() {
        return session.environment()
                .aws()
                .userPoolId()
                .map(id -> check("pool", () -> {
                    UserPool.Summary pool = new UserPool(session.clients(), id.value()).summary();
                    return Finding.ok(
                            "pool",
                            "Cognito " + pool.id() + " (" + pool.name() + "), about "
                                    + Quantities.of(pool.estimatedUsers(), "user", "users"));
                }));
    }

    private void print(Finding finding) {
        String grade = finding.grade().name().toLowerCase(Locale.ROOT);
        session.console().print(Text.of(grade, finding.grade().tone).padded(6).plus(finding.message()));
        if (!finding.hint().isEmpty()) {
            session.console().print(Text.of("      ").plus(finding.hint(), Tone.SECONDARY));
        }
    }

    private static Map<String, @Nullable Object> record(Finding finding) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("check", finding.check());
        record.put("grade", finding.grade().name().toLowerCase(Locale.ROOT));
        record.put("message", finding.message());
        record.put("hint", finding.hint().isEmpty() ? null : finding.hint());
        return record;
    }
}
