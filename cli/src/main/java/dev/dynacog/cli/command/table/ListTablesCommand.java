package dev.dynacog.cli.command.table;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.cli.command.PlaceLabel;
import dev.dynacog.cli.render.Quantities;
import dev.dynacog.config.Pins;
import dev.dynacog.config.Service.Credentials;
import dev.dynacog.config.Sourced;
import dev.dynacog.dynamo.table.TableSummary;
import dev.dynacog.dynamo.table.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "List all tables with their size, billing mode and indexes.",
        footer = {
            "",
            "Examples:",
            "  dynacog list-tables",
            "  dynacog list-tables --names -o csv",
            "  dynacog list-tables -o json --query 'name'"
        })
public final class ListTablesCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--names", description = "Show only names, with one request per 100 tables.")
    boolean names;

    @Option(
            names = "--all-regions",
            description =
                    "Search every region enabled for the account, or the regions the environment is pinned" + " to.")
    boolean allRegions;

    public ListTablesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        int count = allRegions ? everywhere() : names ? namesOnly() : here();
        if (session.output().isForPeople()) {
            session.console()
                    .note(Quantities.of(count, "table", "tables") + " · " + PlaceLabel.dynamodb(session.environment()));
        }
        if (count == 0 && session.environment().aws().dynamodb().credentials() == Credentials.DUMMY) {
            session.console()
                    .note(session.hints()
                            .complete(
                                    "DynamoDB Local keeps tables separate per access key and region unless started with"
                                            + " -sharedDb. Create the message table: dynacog schema-load"));
        }
        return ExitCode.DONE;
    }

    private int here() {
        List<TableSummary> tables = session.tables().summaries();
        session.output()
                .all(
                        TableView.list(false),
                        tables.stream().map(TableView::record).toList());
        return tables.size();
    }

    private int namesOnly() {
        List<String> found = session.tables().names();
        session.output()
                .all(
                        TableView.names(),
                        found.stream().map(name -> Map.of("name", name)).toList());
        return found.size();
    }

    private int everywhere() {
        Pins pins = session.environment().pins();
        Tables.Everywhere found = pins.regions().isEmpty()
                ? session.tables().summariesOfAllRegions()
                : session.tables()
                        .summariesOf(pins.regions().stream().map(Sourced::value).toList());
        session.output()
                .all(
                        TableView.list(true),
                        found.tables().stream().map(ListTablesCommand::record).toList());
        if (!found.regionsLeftOut().isEmpty()) {
            session.console().note("not allowed in: " + String.join(", ", found.regionsLeftOut()));
        }
        pins.originOfRegions()
                .ifPresent(origin -> session.console()
                        .note("only in %s: environment %s is pinned to them (%s)"
                                .formatted(
                                        String.join(
                                                ", ",
                                                pins.regions().stream()
                                                        .map(Sourced::value)
                                                        .toList()),
                                        session.environment().name().value(),
                                        origin.describe())));
        return found.tables().size();
    }

    private static Map<String, @Nullable Object> record(Tables.Found found) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("region", found.region());
        record.putAll(TableView.record(found.table()));
        return record;
    }
}
