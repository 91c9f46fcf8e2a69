package dev.dynacog.cli.command.conversation;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.CostNote;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.Renderer;
import dev.dynacog.dynamo.item.Capacity;
import dev.dynacog.messages.Chronicle;
import dev.dynacog.messages.Conversations;
import dev.dynacog.messages.Excerpt;
import dev.dynacog.messages.GroupRow;
import dev.dynacog.messages.TimeRange;
import dev.dynacog.seed.Fixtures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        header = "List a person's conversations, most recent first.",
        footer = {
            "",
            "Examples:",
            "  dynacog list-conversations",
            "  dynacog list-conversations bayko --since 7d",
            "  dynacog list-conversations bayko --all -o json --query '{with: handle, at: created_at}'"
        })
public final class ListConversationsCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    private final Session session;

    @Parameters(
            paramLabel = "HANDLE",
            arity = "0..1",
            description = "Handle or UUID of the person. Default: the first seeded person.")
    @Nullable
    String handle;

    @Mixin
    RangeOptions range;

    @Mixin
    PeopleOptions people;

    public ListConversationsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TimeRange wanted = range.range(session.zone(), Instant.now());
        boolean all = range.isAll();
        int limit = range.limit();
        String who = handle == null ? Fixtures.FIRST_PERSON : handle;
        String owner = UuidShape.isUuid(who)
                ? who
                : people.people(session).require(List.of(who)).of(who).uuid();
        Conversations conversations = new Conversations(session.messageItems());
        if (all) {
            showAll(who, conversations.allGroups(owner, wanted));
        } else {
            showNewest(who, conversations.newestGroups(owner, wanted, limit));
        }
        return ExitCode.DONE;
    }

    private void showNewest(String who, Excerpt<GroupRow> excerpt) {
        session.output()
                .all(
                        ConversationView.list(session.times()),
                        excerpt.shown().stream().map(ConversationView::record).toList());
        String shown = Quantities.count(excerpt.shown().size());
        String amount = !excerpt.more()
                ? Quantities.of(excerpt.shown().size(), "conversation", "conversations")
                : excerpt.older().isPresent()
                        ? shown + " of "
                                + Quantities.count(
                                        excerpt.shown().size() + excerpt.older().getAsLong()) + " conversations"
                        : shown + " of more conversations";
        conclude(
                amount + " of " + who + (excerpt.more() ? " shown (--all, or --limit N)" : ""),
                excerpt.unreadable(),
                excerpt.capacity());
    }

    private void showAll(String who, Chronicle<GroupRow> groups) {
        long count = 0;
        try (Renderer renderer = session.output().many(ConversationView.list(session.times()))) {
            while (groups.hasNext()) {
                renderer.row(ConversationView.record(groups.next()));
                if (++count % PAGE == 0) {
                    renderer.endOfPage();
                }
            }
            renderer.endOfPage();
        }
        conclude(
                Quantities.of(count, "conversation", "conversations") + " of " + who,
                groups.unreadable(),
                groups.capacity());
    }

    private void conclude(String amount, long unreadable, Capacity capacity) {
        List<String> notes = new ArrayList<>(List.of(amount));
        if (unreadable > 0) {
            notes.add(Quantities.count(unreadable) + " with a time that can't be read");
        }
        notes.add(CostNote.of(capacity, session.environment()));
        session.console().note(String.join(" · ", notes));
    }
}
