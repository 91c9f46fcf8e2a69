package dev.dynacog.cli.testing;

import dev.dynacog.local.DynamoServer;
import dev.dynacog.local.PostgresOptions;
import dev.dynacog.local.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The local stack's own servers, in this JVM. Each is started when a test first asks for it, serves all tests, and ends
 * with the run. A test that counts what is there asks for {@link #freshDynamo}.
 */
public final class LocalServers implements AutoCloseable {
    private Optional<DynamoServer> dynamo = Optional.empty();
    private Optional<PostgresServer> postgres = Optional.empty();

    /** Gives a test the servers as a parameter. */
    public static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LocalServers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(LocalServers.class))
                    .computeIfAbsent(LocalServers.class, any -> new LocalServers(), LocalServers.class);
        }
    }

    public synchronized DynamoServer dynamo() {
        if (dynamo.isEmpty()) {
            dynamo = Optional.of(freshDynamo());
        }
        return dynamo.get();
    }

    /** A DynamoDB of the caller's own, which the caller closes. */
    public static DynamoServer freshDynamo() {
        return DynamoServer.start(0, Optional.empty());
    }

    public synchronized PostgresServer postgres() {
        if (postgres.isEmpty()) {
            postgres = Optional.of(PostgresServer.start(new PostgresOptions(
                    0,
                    Optional.empty(),
                    Path.of(System.getProperty("java.io.tmpdir"), "dynacog-test-postgres"),
                    ProcessBuilder.Redirect.DISCARD)));
            // Tests play roles that an app doesn't have, and those that make roles aren't about who may.
            TestDatabase superusers = new TestDatabase(postgres.get().superuserUrl(), "cruddur");
            superusers.execute("alter role postgres createrole");
            superusers.execute("alter role postgres set createrole_self_grant = 'set, inherit'");
        }
        return postgres.get();
    }

    /** A command line whose environment local is these servers. */
    public Cli cli() {
        return Cli.inPipe()
                .with(Map.of("AWS_ENDPOINT_URL_DYNAMODB", dynamo().endpoint().toString()));
    }

    @Override
    public synchronized void close() {
        dynamo.ifPresent(DynamoServer::close);
        postgres.ifPresent(PostgresServer::close);
    }
}
