package dev.dynacog.messages;

import static dev.dynacog.messages.LocalTable.ANDREW;
import static dev.dynacog.messages.LocalTable.BAYKO;
import static dev.dynacog.messages.LocalTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.GroupRows.Refreshed;
import dev.dynacog.messages.MessageWriter.Draft;
import dev.dynacog.messages.MessageWriter.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageWriterTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String NOON_KEY = "2026-11-20T12:00:00.000000+00:00";

    private final LocalTable table = new LocalTable();
    private final MessageWriter writer = new MessageWriter(table.items());
    private final GroupRows rows = new GroupRows(table.items());

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void aFirstMessageMakesTheGroupForBothAndThePair() {
        Sent sent = writer.toPerson(BAYKO, Draft.of(ANDREW, "hello", NOON));
        assertThat(sent.newGroup()).isTrue();
        assertThat(table.scan()).hasSize(4);
        assertThat(table.rowsOf(ANDREW).get(sent.message().group()))
                .containsEntry("sk", NOON_KEY)
                .containsEntry("user_handle", "bayko")
                .containsEntry("message", "hello");
        assertThat(table.rowsOf(BAYKO).get(sent.message().group())).containsEntry("user_handle", "andrewbrown");
        assertThat(table.scan())
                .filteredOn(item -> String.valueOf(item.get("pk")).startsWith("PAIR#"))
                .singleElement()
                .satisfies(pair -> assertThat(pair)
                        .containsEntry("pk", "PAIR#" + ANDREW.uuid() + "#" + BAYKO.uuid())
                        .doesNotContainKey("message_group_uuid"));
    }

    @Test
    void aSecondMessageEitherWayUsesTheGroupOfTheTwo() {
        Sent first = writer.toPerson(BAYKO, Draft.of(ANDREW, "hello", NOON));
        Sent second = writer.toPerson(ANDREW, Draft.of(BAYKO, "hello back", NOON.plusSeconds(5)));
        assertThat(second.newGroup()).isFalse();
        assertThat(second.message().group()).isEqualTo(first.message().group());
        assertThat(table.rowsOf(ANDREW)).hasSize(1);
        assertThat(table.rowsOf(ANDREW).get(first.message().group())).containsEntry("message", "hello back");
    }

    @Test
    void aGroupThatTheAppMadeIsFoundAndGetsItsPair() {
        table.putRow(ANDREW, "2026-11-20T09:00:00+01:00", "app-group", BAYKO, "from the app");
        table.putRow(BAYKO, "2026-11-20T09:00:00+01:00", "app-group", ANDREW, "from the app");
        Sent sent = writer.toPerson(ANDREW, Draft.of(BAYKO, "hello", NOON));
        assertThat(sent.newGroup()).isFalse();
        assertThat(sent.message().group()).isEqualTo("app-group");
        assertThat(table.rowsOf(ANDREW)).hasSize(1);
        assertThat(new Groups(table.items()).between(ANDREW.uuid(), BAYKO.uuid()))
                .contains(new Groups.Found("app-group", true));
    }

    @Test
    void twoSendersAtTheSameInstantMakeOneGroup() throws Exception {
        List<Sent> sent = atOnce(20, sender -> {
            boolean andrew = sender % 2 == 0;
            return writer.toPerson(
                    andrew ? BAYKO : ANDREW, Draft.of(andrew ? ANDREW : BAYKO, "message " + sender, NOON));
        });
        assertThat(sent.stream().map(one -> one.message().group()).distinct()).hasSize(1);
        String group = sent.get(0).message().group();
        assertThat(table.messagesOf(group)).hasSize(20);
        assertThat(table.rowsOf(ANDREW)).containsOnlyKeys(group);
        assertThat(table.rowsOf(BAYKO)).containsOnlyKeys(group);
    }

    @Test
    void twentySendersInTheSameMicrosecondLoseNothingAndOverwriteNothing() throws Exception {
        String withBayko =
                writer.toPerson(BAYKO, Draft.of(ANDREW, "a", NOON)).message().group();
        String withLondo =
                writer.toPerson(LONDO, Draft.of(ANDREW, "b", NOON)).message().group();
        Instant at = NOON.plusSeconds(1);
        List<Sent> sent = atOnce(
                20,
                sender -> writer.toGroup(
                        sender % 2 == 0 ? withBayko : withLondo, Draft.of(ANDREW, "message " + sender, at)));
        assertThat(sent).hasSize(20);
        assertThat(table.messagesOf(withBayko)).hasSize(11);
        assertThat(table.messagesOf(withLondo)).hasSize(11);
        for (String group : List.of(withBayko, withLondo)) {
            Map<String, ?> newest = table.messagesOf(group).get(10);
            assertThat(table.rowsOf(ANDREW).get(group))
                    .containsEntry("message", newest.get("message"))
                    .containsEntry("sk", newest.get("sk"));
            Person other = group.equals(withBayko) ? BAYKO : LONDO;
            assertThat(table.rowsOf(other).get(group)).containsEntry("message", newest.get("message"));
        }
        assertThat(table.rowsOf(ANDREW)).hasSize(2);
    }

    @Test
    void anOlderMessageDoesNotMoveAGroupBack() {
        String group =
                writer.toPerson(BAYKO, Draft.of(ANDREW, "new", NOON)).message().group();
        writer.toGroup(group, Draft.of(BAYKO, "old", NOON.minusSeconds(60)));
        assertThat(table.messagesOf(group)).hasSize(2);
        assertThat(table.rowsOf(ANDREW).get(group))
                .containsEntry("message", "new")
                .containsEntry("sk", NOON_KEY);
    }

    @Test
    void whatTheAppKeepsInARowGoesAlongWhenItMoves() {
        table.put(Map.of(
                "pk", "GRP#" + ANDREW.uuid(),
                "sk", "2023-03-22T09:01:25",
                "message_group_uuid", "g",
                "message", "old",
                "user_uuid", BAYKO.uuid(),
                "user_handle", "bayko",
                "user_display_name", "Andrew Bayko",
                "pinned_by_the_app", "yes"));
        writer.toGroup("g", Draft.of(ANDREW, "new", NOON));
        assertThat(table.rowsOf(ANDREW).get("g"))
                .containsEntry("pinned_by_the_app", "yes")
                .containsEntry("message", "new");
        assertThat(table.rowsOf(BAYKO).get("g")).containsEntry("user_handle", "andrewbrown");
    }

    @Test
    void aStrangerCantSendToAGroup() {
        String group =
                writer.toPerson(BAYKO, Draft.of(ANDREW, "hi", NOON)).message().group();
        assertThatThrownBy(() -> writer.toGroup(group, Draft.of(LONDO, "let me in", NOON)))
                .isInstanceOf(DynacogException.Failed.class)
                .hasMessageContaining("does not belong");
        assertThatThrownBy(() -> writer.toGroup("no-such-group", Draft.of(LONDO, "hello?", NOON)))
                .isInstanceOf(DynacogException.NotFound.class);
    }

    @Test
    void refreshMovesTheRowsOfAMessageThatTheAppWrote() {
        String group = writer.toPerson(BAYKO, Draft.of(ANDREW, "first", NOON))
                .message()
                .group();
        table.putMessage(group, "2026-11-20T14:00:01+01:00", BAYKO, "by the app, with an offset");
        assertThat(rows.refresh(group)).isEqualTo(Refreshed.MOVED);
        assertThat(rows.refresh(group)).isEqualTo(Refreshed.UNCHANGED);
        assertThat(table.rowsOf(ANDREW).get(group))
                .containsEntry("message", "by the app, with an offset")
                .containsEntry("sk", "2026-11-20T13:00:01.000000+00:00");
        table.putMessage(group, "2026-11-20T13:30:00+02:00", BAYKO, "later as text, earlier in time");
        assertThat(rows.refresh(group)).isEqualTo(Refreshed.UNCHANGED);
    }

    @Test
    void twoGroupsWithTheSameTimeDoNotOverwriteEachOther() {
        String one =
                writer.toPerson(BAYKO, Draft.of(ANDREW, "a", NOON)).message().group();
        String two =
                writer.toPerson(LONDO, Draft.of(ANDREW, "b", NOON)).message().group();
        String same = "2026-11-20T12:00:09.000000+00:00";
        table.putMessage(one, same, BAYKO, "one");
        table.putMessage(two, same, LONDO, "two");
        rows.refresh(one);
        rows.refresh(two);
        assertThat(rows.refresh(one)).isEqualTo(Refreshed.UNCHANGED);
        assertThat(rows.refresh(two)).isEqualTo(Refreshed.UNCHANGED);
        assertThat(table.rowsOf(ANDREW).get(one)).containsEntry("message", "one");
        assertThat(table.rowsOf(ANDREW).get(two))
                .containsEntry("message", "two")
                .containsEntry("sk", "2026-11-20T12:00:09.000001+00:00");
        assertThat(table.rowsOf(LONDO).get(two)).containsEntry("sk", "2026-11-20T12:00:09.000001+00:00");
        // The next message of the second group finds its row ahead of its own time, and goes there with it.
        writer.toGroup(two, Draft.of(LONDO, "next", Instant.parse("2026-11-20T12:00:09Z")));
        assertThat(table.rowsOf(ANDREW).get(two)).containsEntry("message", "next");
        assertThat(rows.refresh(two)).isEqualTo(Refreshed.UNCHANGED);
    }

    @Test
    void aGroupThatAnInterruptedWriterLeftTwiceIsOneAgain() {
        table.putRow(ANDREW, "2026-11-20T11:00:00+00:00", "g", BAYKO, "old");
        table.putRow(ANDREW, "2026-11-20T11:30:00+00:00", "g", BAYKO, "newer");
        table.putRow(BAYKO, "2026-11-20T11:00:00+00:00", "g", ANDREW, "old");
        table.putMessage("g", NOON_KEY, ANDREW, "newest");
        rows.refresh("g");
        assertThat(table.rowsOf(ANDREW).get("g")).containsEntry("message", "newest");
        assertThat(table.rowsOf(BAYKO).get("g")).containsEntry("sk", NOON_KEY);
    }

    private interface Sender {
        Sent send(int number);
    }

    private static List<Sent> atOnce(int count, Sender sender) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CyclicBarrier barrier = new CyclicBarrier(count);
            List<Future<Sent>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                futures.add(threads.submit(() -> {
                    barrier.await();
                    return sender.send(number);
                }));
            }
            List<Sent> sent = new ArrayList<>();
            for (Future<Sent> future : futures) {
                sent.add(future.get());
            }
            return sent;
        } finally {
            threads.shutdownNow();
        }
    }
}
