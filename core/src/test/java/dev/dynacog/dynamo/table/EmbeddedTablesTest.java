package dev.dynacog.dynamo.table;

import dev.dynacog.local.DynamoServer;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

class EmbeddedTablesTest implements TablesContract {
    private static final DynamoServer SERVER = DynamoServer.start(0, Optional.empty());

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Override
    public URI endpoint() {
        return SERVER.endpoint();
    }
}
