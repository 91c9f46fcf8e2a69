package dev.dynacog.cli.command.cognito;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.PlaceLabel;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.Renderer;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cognito.CognitoUser;
import dev.dynacog.cognito.UserListing;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.cognito.UserQuery;
import dev.dynacog.error.DynacogException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        header = "List all users of the user pool.",
        footer = {
            "",
            "Examples:",
            "  dynacog cognito list-users",
            "  dynacog cognito list-users --attributes name,custom:team",
            "  dynacog cognito list-users --filter 'email ^= \"a\"' -o jsonl",
            "  dynacog cognito list-users --status UNCONFIRMED --query sub"
        })
public final class CognitoListUsersCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--attributes",
            paramLabel = "NAME",
            split = ",",
            description = "Additional columns: standard attributes, or custom ones such as custom:team.")
    List<String> attributes = List.of();

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "Cognito filter: one attribute, = or ^=, and a quoted value.")
    @Nullable
    String filter;

    @Option(names = "--group", paramLabel = "NAME", description = "Only the users of this group.")
    @Nullable
    String group;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only users with this status, such as CONFIRMED.")
    @Nullable
    String status;

    @Option(names = "--enabled", description = "Only enabled users.")
    boolean enabled;

    @Option(names = "--disabled", description = "Only disabled users.")
    boolean disabled;

    @Mixin
    CognitoRate rate;

    public CognitoListUsersCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (filter != null && group != null) {
            throw new DynacogException.Usage(
                    "--filter and --group cannot be combined",
                    "Cognito cannot filter the users of a group; use --query");
        }
        if (enabled && disabled) {
            throw new DynacogException.Usage("--enabled and --disabled cannot be combined", "leave one out");
        }
        UserQuery query = new UserQuery(
                Optional.ofNullable(filter), Optional.ofNullable(group), rate.value(session.environment()));
        UserPool pool = UserPool.of(session.clients(), session.environment());
        // Where users scroll over the screen they are the progress.
        boolean watched = session.terminal().ttys().out();
        boolean countable = filter == null && group == null;
        long shown = 0;
        long listed = 0;
        try (Renderer renderer = session.output().many(CognitoUserView.list(session.times(), attributes));
                Progress progress = watched
                        ? Progress.SILENT
                        : session.console().progress("users", countable ? estimate(pool) : OptionalLong.empty())) {
            UserListing listing = pool.list(query);
            for (Optional<List<CognitoUser>> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (CognitoUser user : page.get()) {
                    if (isWanted(user)) {
                        renderer.row(CognitoUserView.record(user, attributes));
                        shown++;
                    }
                }
                renderer.endOfPage();
                listed += page.get().size();
                progress.advance(page.get().size());
            }
        }
        session.console()
                .note(Quantities.of(shown, "user", "users")
                        + (shown == listed ? "" : " of " + Quantities.count(listed) + " listed") + " · "
                        + PlaceLabel.cognito(session.environment(), pool.id()));
        return ExitCode.DONE;
    }

    private boolean isWanted(CognitoUser user) {
        return (status == null || user.status().equalsIgnoreCase(status))
                && (!enabled || user.enabled())
                && (!disabled || !user.enabled());
    }

    private OptionalLong estimate(UserPool pool) {
        return session.terminal().ttys().err() ? pool.estimate() : OptionalLong.empty();
    }
}
