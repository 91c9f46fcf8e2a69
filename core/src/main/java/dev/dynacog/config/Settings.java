package dev.dynacog.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about where to work: the environment, this user's folders, and each setting by its key.
 *
 * @param files which files were read, and what their word counts
 */
public record Settings(Environment environment, Folders folders, List<Shown> files) {

    /** One setting as it is shown: never with a secret in it. */
    public record Shown(String key, Optional<String> value, String origin) {}

    /** Every setting, its value (secrets masked) and where it came from. */
    public List<Shown> shown() {
        List<Shown> all = new ArrayList<>();
        Environment.Aws aws = environment.aws();
        all.add(show(Setting.ENVIRONMENT, Optional.of(environment.name()), ""));
        all.add(
                environment.guarding() instanceof Guarding.Guarded guarded
                        ? new Shown(Setting.GUARDED.key(), Optional.of("true"), guarded.reason())
                        : new Shown(Setting.GUARDED.key(), Optional.of("false"), ""));
        all.add(show(Setting.REGION, aws.region(), "set by the AWS profile"));
        boolean anyReal = aws.dynamodb().credentials() == Service.Credentials.CHAIN
                || aws.cognito().credentials() == Service.Credentials.CHAIN;
        all.add(
                anyReal
                        ? show(Setting.PROFILE, aws.profile(), "the AWS SDK's default chain")
                        : new Shown(Setting.PROFILE.key(), Optional.empty(), "not used: dummy credentials"));
        all.add(show(Setting.DYNAMODB, aws.dynamodb()));
        all.add(show(Setting.STREAMS, aws.streams()));
        all.add(show(Setting.COGNITO, aws.cognito()));
        all.add(show(Setting.USER_POOL, aws.userPoolId(), "not set"));
        all.add(show(Setting.POSTGRES, environment.postgres().map(url -> url.map(PostgresUrl::masked)), "not set"));
        aws.proxies()
                .shown()
                .ifPresent(proxy -> all.add(new Shown(
                        "https-proxy",
                        Optional.of(proxy.value()),
                        proxy.origin().describe())));
        all.add(show(Setting.MESSAGE_TABLE, Optional.of(environment.messageTable()), ""));
        all.addAll(environment.pins().shown());
        all.addAll(files);
        return all;
    }

    private static Shown show(Setting setting, Service service) {
        String credentials = switch (service.credentials()) {
            case DUMMY -> "dummy credentials";
            case CHAIN -> "your credentials";
        };
        return service.endpoint()
                .map(endpoint -> new Shown(
                        setting.key(),
                        Optional.of(Endpoints.masked(endpoint.value())),
                        endpoint.origin().describe() + ", " + credentials))
                .orElseGet(() -> new Shown(setting.key(), Optional.empty(), "AWS's own, " + credentials));
    }

    private static Shown show(Setting setting, Optional<Sourced<String>> value, String otherwise) {
        return value.map(found -> new Shown(
                        setting.key(),
                        Optional.of(found.value()),
                        found.origin().describe()))
                .orElseGet(() -> new Shown(setting.key(), Optional.empty(), otherwise));
    }
}
