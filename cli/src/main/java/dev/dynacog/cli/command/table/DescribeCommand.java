package dev.dynacog.cli.command.table;

import dev.dynacog.cli.ExitCode;
import dev.dynacog.cli.Session;
import dev.dynacog.dynamo.table.TableSchema;
import dev.dynacog.dynamo.table.TableSummary;
import dev.dynacog.error.DynacogException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        header = "Show a table's definition.",
        description = "The JSON output is valid CreateTable input; schema-load recreates the table from it.",
        footer = {
            "",
            "Examples:",
            "  dynacog describe cruddur-messages",
            "  dynacog describe cruddur-messages -o json > messages.json"
        })
public final class DescribeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TABLE", description = "Table name.")
    String table;

    public DescribeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (session.output().isForPeople()) {
            TableSummary summary = session.tables().summary(table).orElseThrow(this::notFound);
            session.output().one(TableView.record(summary), () -> TableView.page(summary, session.times()));
        } else {
            TableSchema schema = session.tables().schema(table).orElseThrow(this::notFound);
            session.output().one(schema.toMap(), List::of);
        }
        return ExitCode.DONE;
    }

    private DynacogException notFound() {
        return new DynacogException.NotFound("there is no table " + table, "list the tables: dynacog list-tables");
    }
}
