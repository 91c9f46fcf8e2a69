package dev.dynacog.cli.command.local;

import dev.dynacog.cli.Session;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.cli.terminal.Progress;
import dev.dynacog.cli.terminal.Text;
import dev.dynacog.dynamo.item.BatchWriter;
import dev.dynacog.dynamo.table.TableSchema;
import dev.dynacog.postgres.AppSchema;
import dev.dynacog.postgres.MigrationFolder;
import dev.dynacog.postgres.Migrations;
import dev.dynacog.postgres.ScriptRunner;
import dev.dynacog.postgres.Users;
import dev.dynacog.seed.Fixtures;
import dev.dynacog.seed.Seeder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Fills a local stack: the tables, the people, and their conversations. What is there already stays. */
final class LocalSeed {
    private static final ScriptRunner.Listener QUIETLY = ScriptRunner.Listener.notices(notice -> {});

    private final Session there;
    private final Progress progress;

    LocalSeed(Session there, Progress progress) {
        this.there = there;
        this.progress = progress;
    }

    List<Text> fill(boolean hasPostgres) {
        List<Text> lines = new ArrayList<>();
        String table = messageTable();
        if (!hasPostgres) {
            lines.add(StackView.line("schema", table + " ACTIVE"));
            return lines;
        }
        people();
        lines.add(StackView.line("schema", table + " ACTIVE, public.users, public.activities"));
        progress.say("seed");
        Seeder.Summary seeded = new Seeder(there.messageItems(), new BatchWriter(there.clients(), table))
                .seed(
                        new Seeder.Request(Fixtures.shipped().fixtures(), Instant.now(), false),
                        new Users(there.database()),
                        progress::advance);
        lines.add(StackView.line(
                "seed",
                Quantities.of(seeded.conversations(), "conversation", "conversations") + ", "
                        + Quantities.of(seeded.messages(), "message", "messages") + ", "
                        + Quantities.of(there.database().countUsers(), "person", "people")));
        return lines;
    }

    private String messageTable() {
        TableSchema schema = TableSchema.ofMessages()
                .named(there.environment().messageTable().value());
        if (there.tables().schema(schema.tableName()).isEmpty()) {
            there.tables().create(schema);
        }
        there.tables().awaitActive(schema.tableName(), progress::say);
        return schema.tableName();
    }

    /** As {@code db schema-load}, {@code db migrate} and {@code db seed} do it. */
    private void people() {
        progress.say("schema of Postgres");
        AppSchema schema = new AppSchema(there.database(), MigrationFolder.shipped());
        if (schema.find() == AppSchema.Found.NOTHING) {
            schema.load(AppSchema.shipped(), QUIETLY);
        }
        new Migrations(there.database(), MigrationFolder.shipped())
                .migrate(Migrations.Order.STRICT, Migrations.Listener.saying(said -> {}));
        progress.say("people");
        new ScriptRunner(there.database()).run(AppSchema.shippedSeed(), QUIETLY);
    }
}
