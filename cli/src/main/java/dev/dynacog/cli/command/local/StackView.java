package dev.dynacog.cli.command.local;

import dev.dynacog.cli.render.Times;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.config.RunningStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running stack: its endpoints, and the variables by which other tools find it. */
public final class StackView {
    private StackView() {}

    /** The variables that lead other tools to the stack; with credentials that are good for nothing else. */
    public static Map<String, String> variables(RunningStack stack) {
        Map<String, String> variables = new LinkedHashMap<>();
        stack.dynamodb().ifPresent(endpoint -> {
            variables.put("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
            variables.put("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", endpoint);
        });
        stack.cognito().ifPresent(endpoint -> variables.put("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", endpoint));
        stack.userPoolId().ifPresent(pool -> variables.put("AWS_COGNITO_USER_POOL_ID", pool));
        stack.postgres().ifPresent(url -> variables.put("CONNECTION_URL", url));
        variables.put("AWS_ACCESS_KEY_ID", "dynacoglocal");
        variables.put("AWS_SECRET_ACCESS_KEY", "dynacoglocal");
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_DEFAULT_REGION", "us-east-1");
        return variables;
    }

    public static Map<String, @Nullable Object> record(RunningStack stack) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("status", "up");
        record.put("pid", stack.pid());
        record.put("started", stack.started());
        record.put("dynamodb", stack.dynamodb().orElse(null));
        record.put("postgres", stack.postgres().orElse(null));
        record.put("cognito", stack.cognito().orElse(null));
        record.put("user", stack.get("user").orElse(null));
        record.put("data", stack.dataFolder().map(Object::toString).orElse(null));
        record.put("notes", stack.notes());
        record.put("variables", variables(stack));
        return record;
    }

    /** The endpoints, and how long each server took to start. */
    public static List<Text> endpoints(RunningStack stack) {
        List<Text> lines = new ArrayList<>();
        stack.dynamodb().ifPresent(endpoint -> lines.add(server(stack, "dynamodb", endpoint)));
        stack.postgres().ifPresent(url -> lines.add(server(stack, "postgres", url)));
        stack.cognito()
                .ifPresent(endpoint -> lines.add(server(stack, "cognito", endpoint)
                        .plus(stack.userPoolId().map(pool -> "  pool " + pool).orElse(""))));
        return lines;
    }

    private static Text server(RunningStack stack, String name, String endpoint) {
        String took = stack.startTime(name)
                .map(time -> String.format(Locale.ROOT, "  in %.1f s", time.toMillis() / 1000.0))
                .orElse("");
        return line(name, endpoint).plus(took, Tone.SECONDARY);
    }

    /** Since when it runs, and where its data is. */
    public static List<Text> life(RunningStack stack, Times times) {
        return List.of(
                line("data", stack.dataFolder().map(Object::toString).orElse("in memory")),
                line("process", stack.pid() + ", since " + times.full(stack.started())));
    }

    public static Text line(String what, String value) {
        return Text.of(what, Tone.KEY).padded(11).plus(value);
    }
}
