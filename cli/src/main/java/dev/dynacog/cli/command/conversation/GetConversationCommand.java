package dev.dynacog.cli.command.conversation;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.CostNote;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.render.Renderer;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.dynamo.item.Capacity;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.Chronicle;
import dev.dynacog.messages.Conversations;
import dev.dynacog.messages.Excerpt;
import dev.dynacog.messages.Groups;
import dev.dynacog.messages.Message;
import dev.dynacog.messages.People;
import dev.dynacog.messages.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Show a conversation, newest messages last.",
        description = "Without a group, shows the first one created by 'dynacog seed'.",
        footer = {
            "",
            "Examples:",
            "  dynacog get-conversation",
            "  dynacog get-conversation --between andrewbrown bayko --since 3d",
            "  dynacog get-conversation 5ae290ed-55d1-47a0-bc6d-fe2bc2700399 --all -o jsonl"
        })
public final class GetConversationCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    private final Session session;

    @Parameters(paramLabel = "GROUP", arity = "0..1", description = "UUID of the group.")
    @Nullable
    String group;

    @Option(
            names = "--between",
            paramLabel = "HANDLE",
            arity = "2",
            description = "Show the conversation between these two people.")
    List<String> between = List.of();

    @Mixin
    RangeOptions range;

    @Mixin
    PeopleOptions people;

    public GetConversationCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (group != null && !between.isEmpty()) {
            throw new DynacogException.Usage("GROUP and --between cannot be combined", "use only one of them");
        }
        TimeRange wanted = range.range(session.zone(), Instant.now());
        boolean all = range.isAll();
        int limit = range.limit();
        String found = group();
        if (all) {
            showAll(found, wanted);
        } else {
            showNewest(found, wanted, limit);
        }
        return ExitCode.DONE;
    }

    private String group() {
        if (between.isEmpty()) {
            return group == null ? Conversations.SEEDED_GROUP : GroupIds.require(group);
        }
        People.Found two = people.people(session).require(between);
        return new Groups(session.messageItems())
                .between(two.of(between.get(0)).uuid(), two.of(between.get(1)).uuid())
                .map(Groups.Found::group)
                .orElseThrow(() -> new DynacogException.NotFound(
                        between.get(0) + " and " + between.get(1) + " have no conversation",
                        "dynacog send-message --from " + between.get(0) + " --to " + between.get(1) + " begins one"));
    }

    private void showNewest(String found, TimeRange wanted, int limit) {
        Excerpt<Message> excerpt = new Conversations(session.messageItems()).newestMessages(found, wanted, limit);
        if (excerpt.shown().isEmpty()) {
            requireGroup(found);
        }
        List<Message> downwards = new ArrayList<>(excerpt.shown());
        Collections.reverse(downwards);
        if (session.output().isPage()) {
            List<String> handles = participants(found, downwards);
            ConversationView view = view(handles);
            view.heading(String.join(" and ", handles), ConversationView.amount(excerpt))
                    .forEach(session.console()::print);
            downwards.forEach(message -> view.lines(message).forEach(session.console()::print));
            session.console().print(Text.EMPTY);
        } else {
            session.output()
                    .all(
                            ConversationView.columns(),
                            downwards.stream().map(ConversationView::record).toList());
        }
        List<String> notes = new ArrayList<>();
        if (downwards.isEmpty()) {
            notes.add(wanted.isAll() ? "no messages" : "no messages in that time");
        }
        if (excerpt.more()) {
            String older = excerpt.older().isPresent()
                    ? Quantities.count(excerpt.older().getAsLong()) + " older"
                    : "there are older ones";
            notes.add(older + ": --all"
                    + downwards.get(0).at().map(at -> ", or --until " + at).orElse(""));
        }
        conclude(notes, excerpt.unreadable(), excerpt.capacity());
    }

    /** However long the conversation is, only a little of it is held at a time. */
    private void showAll(String found, TimeRange wanted) {
        Chronicle<Message> messages = new Conversations(session.messageItems()).allMessages(found, wanted);
        if (!messages.hasNext()) {
            requireGroup(found);
        }
        long count = 0;
        if (session.output().isPage()) {
            List<String> handles = participants(found, List.of());
            ConversationView view = view(handles);
            view.heading(String.join(" and ", handles), wanted.isAll() ? "all messages" : "all messages of that time")
                    .forEach(session.console()::print);
            for (; messages.hasNext(); count++) {
                view.lines(messages.next()).forEach(session.console()::print);
            }
            session.console().print(Text.EMPTY);
        } else {
            try (Renderer renderer = session.output().many(ConversationView.columns())) {
                while (messages.hasNext()) {
                    renderer.row(ConversationView.record(messages.next()));
                    if (++count % PAGE == 0) {
                        renderer.endOfPage();
                    }
                }
            }
        }
        conclude(
                new ArrayList<>(List.of(Quantities.of(count, "message", "messages"))),
                messages.unreadable(),
                messages.capacity());
    }

    private void conclude(List<String> notes, long unreadable, Capacity capacity) {
        if (unreadable > 0) {
            notes.add(Quantities.count(unreadable) + " with a time that can't be read");
        }
        notes.add(CostNote.of(capacity, session.environment()));
        session.console().note(String.join(" · ", notes));
    }

    private void requireGroup(String found) {
        if (!new Groups(session.messageItems()).exists(found)) {
            throw new DynacogException.NotFound(
                    "there is no group " + found,
                    group == null && between.isEmpty()
                            ? "create it: dynacog seed"
                            : "list groups: dynacog list-conversations HANDLE");
        }
    }

    private List<String> participants(String found, List<Message> messages) {
        List<String> handles = new Groups(session.messageItems()).participants(found);
        return handles.isEmpty()
                ? messages.stream()
                        .map(message -> message.sender().handle())
                        .distinct()
                        .sorted()
                        .toList()
                : handles;
    }

    private ConversationView view(List<String> handles) {
        return new ConversationView(session.times(), session.console().width(), handles);
    }
}
