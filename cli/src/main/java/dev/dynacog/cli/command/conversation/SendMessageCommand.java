package dev.dynacog.cli.command.conversation;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.GuardOptions;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.Write;
import dev.dynacog.cli.command.CostNote;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.cli.terminal.Tone;
import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.Groups;
import dev.dynacog.messages.Message;
import dev.dynacog.messages.MessageText;
import dev.dynacog.messages.MessageWriter;
import dev.dynacog.messages.MessageWriter.Draft;
import dev.dynacog.messages.MessageWriter.Sent;
import dev.dynacog.messages.People;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Send a message the way the app does.",
        description = {
            "A message to a person goes to the group the two share, which is created if missing.",
            "The message and both conversation lists are written in one transaction."
        },
        footer = {
            "",
            "Examples:",
            "  dynacog send-message --from bayko --to andrewbrown 'Shall we meet at nine?'",
            "  echo 'The build is green.' | dynacog send-message --from bayko --to londo"
        })
public final class SendMessageCommand implements Callable<Integer>, Write<SendMessageCommand.Letter> {
    /** Longer than any message: to read more of a stream that never ends would help nobody. */
    private static final int ENOUGH = 1 << 16;

    private final Session session;

    @Option(names = "--from", paramLabel = "HANDLE", required = true, description = "Handle of the sender.")
    String from;

    @Option(names = "--to", paramLabel = "HANDLE", description = "Handle of the recipient.")
    @Nullable
    String to;

    @Option(names = "--group", paramLabel = "UUID", description = "Group to send to; the sender must belong to it.")
    @Nullable
    String group;

    @Parameters(
            paramLabel = "TEXT",
            arity = "0..1",
            description = "Text of 1 to " + Message.LONGEST + " characters. Default: read from standard input.")
    @Nullable
    String text;

    @Mixin
    PeopleOptions people;

    @Mixin
    GuardOptions guard;

    public SendMessageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if ((to == null) == (group == null)) {
            throw new DynacogException.Usage(
                    to == null ? "missing recipient" : "--to and --group cannot be combined",
                    "pass --to HANDLE or --group UUID");
        }
        if (group != null) {
            GroupIds.require(group);
        }
        return session.write(guard, this);
    }

    /** What is sent, and between whom. */
    record Letter(String text, People.Found people) {}

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.table(session.environment().messageTable().value()));
    }

    @Override
    public int plan(Planned<Letter> planned) {
        String message = text == null ? fromInput() : text;
        MessageText.objection(message).ifPresent(objection -> {
            throw new DynacogException.Usage(
                    "the text " + objection, "a message has 1 to " + Message.LONGEST + " characters");
        });
        List<String> handles = new ArrayList<>(List.of(from));
        if (to != null) {
            handles.add(to);
        }
        return planned.go(new Letter(message, people.people(session).require(handles)));
    }

    @Override
    public int dryRun(Letter letter) {
        shown(letter).forEach(session.console()::tell);
        session.console().note("Nothing was sent (--dry-run).");
        return ExitCode.DONE;
    }

    @Override
    public int apply(Letter letter) {
        People.Found found = letter.people();
        Draft draft = Draft.of(found.of(from), letter.text(), Instant.now());
        MessageWriter writer = new MessageWriter(session.messageItems());
        Sent sent = to == null ? writer.toGroup(String.valueOf(group), draft) : writer.toPerson(found.of(to), draft);
        report(sent);
        return ExitCode.DONE;
    }

    private String fromInput() {
        try {
            byte[] bytes = session.terminal().in().readNBytes(ENOUGH);
            String input = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // What ends the last line is the shell's, not the message's.
            return input.endsWith("\r\n")
                    ? input.substring(0, input.length() - 2)
                    : input.endsWith("\n") ? input.substring(0, input.length() - 1) : input;
        } catch (CharacterCodingException e) {
            throw new DynacogException.Usage("standard input is not UTF-8", "a message is text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Text> shown(Letter letter) {
        People.Found found = letter.people();
        Text line = Text.of("send-message writes one message of ").plus(from, Tone.KEY);
        if (to == null) {
            return List.of(line.plus(" to group " + group + ", and moves the group up in both lists."));
        }
        line = line.plus(" to ").plus(to, Tone.KEY);
        String where = new Groups(session.messageItems())
                .betweenToWrite(found.of(from).uuid(), found.of(to).uuid())
                .map(existing -> " into their group " + existing.group() + ", and moves it up in both lists.")
                .orElse(" into a new group, the first that the two have.");
        return List.of(line.plus(where));
    }

    private void report(Sent sent) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>(ConversationView.record(sent.message()));
        record.put("new_group", sent.newGroup());
        session.output()
                .one(
                        record,
                        () -> List.of(Text.of("sent", Tone.GOOD)
                                .plus("  to group " + sent.message().group()
                                        + (sent.newGroup() ? ", which is new" : ""))));
        session.console()
                .note((sent.attempts() > 1 ? sent.attempts() + " attempts, others were writing there · " : "")
                        + CostNote.of(sent.capacity(), session.environment()));
    }
}
