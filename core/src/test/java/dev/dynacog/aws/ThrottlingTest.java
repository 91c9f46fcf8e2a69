package dev.dynacog.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.cognito.UserQuery;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Flags;
import dev.dynacog.config.Folders;
import dev.dynacog.config.SettingsLoader;
import dev.dynacog.dynamo.item.BatchWriter;
import dev.dynacog.dynamo.item.Condition;
import dev.dynacog.dynamo.item.Item;
import dev.dynacog.dynamo.item.Write;
import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Throttling without an end is told after ten seconds; each request takes six here, by the clock that counts. */
class ThrottlingTest {
    private record Answer(int status, String body) {}

    private static final Answer TABLES = new Answer(200, "{\"TableNames\":[]}");
    private static final Answer SLOW = error("ThrottlingException");

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final AwsClients clients;

    ThrottlingTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            now.addAndGet(Duration.ofSeconds(6).toNanos());
            Answer answer = answers.size() > 1 ? answers.pop() : answers.element();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        clients = new AwsClients(environment(), new Throttling(now::get, heard::add));
    }

    private Environment environment() {
        Path nowhere = Path.of("/nonexistent");
        String here = "http://localhost:" + server.getAddress().getPort();
        Map<String, String> variables = Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", here,
                "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", here,
                "AWS_ENDPOINT_URL_STS", here);
        return new SettingsLoader(variables, nowhere, Folders.of(Map.of(), nowhere))
                .load(new Flags(Optional.of("local"), Optional.empty(), Optional.empty(), Optional.empty()))
                .environment();
    }

    private static Answer error(String code) {
        return new Answer(400, "{\"__type\":\"x#" + code + "\",\"message\":\"slow\"}");
    }

    private void answer(Answer... those) {
        answers.addAll(List.of(those));
    }

    @AfterEach
    void close() {
        clients.close();
        server.stop(0);
    }

    @Test
    void aReadThatIsThrottledForTenSecondsSaysSoOnceAndGoesOn() {
        answer(SLOW, SLOW, SLOW, SLOW, TABLES);
        assertThat(clients.dynamodb().listTables().tableNames()).isEmpty();
        assertThat(heard).containsExactly("DynamoDB has been throttling requests for 12 s; trying again");
    }

    @Test
    void anAnswerInBetweenEndsIt() {
        answer(SLOW, SLOW, TABLES, SLOW, SLOW, error("ValidationException"), SLOW, SLOW, TABLES);
        clients.dynamodb().listTables();
        assertThat(catchThrowable(() -> clients.dynamodb().listTables())).hasMessageContaining("slow");
        clients.dynamodb().listTables();
        assertThat(answers).hasSize(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void itemsThatStayUnprocessedForTenSecondsAreToldToo() {
        Answer none =
                new Answer(200, "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}}}]}}");
        answer(none, none, none, none, new Answer(200, "{\"UnprocessedItems\":{}}"));
        new BatchWriter(clients, "t")
                .write(
                        Stream.of(new Write.Put(Item.ofTexts(Map.of("pk", "a")), Condition.NONE))
                                .iterator(),
                        written -> {});
        assertThat(heard).containsExactly("DynamoDB has been throttling requests for 12 s; trying again");
    }

    @Test
    void aPoolThatIsThrottledForTenSecondsIsToldToo() {
        Answer refused = error("TooManyRequestsException");
        answer(refused, refused, refused, refused, new Answer(200, "{\"Users\":[]}"));
        assertThat(new UserPool(clients, "eu-west-1_AbC123DeF")
                        .list(UserQuery.everybody(Double.POSITIVE_INFINITY))
                        .next())
                .isPresent();
        assertThat(heard).containsExactly("Cognito has been throttling requests for 12 s; trying again");
    }

    /** Who the caller is, which is asked twice at most. */
    @Test
    void aRequestThatIsGivenUpSaysWhoThrottledItAndForHowLong() {
        answer(new Answer(
                400, "<ErrorResponse><Error><Code>Throttling</Code><Message>slow</Message></Error></ErrorResponse>"));
        Throwable failure = catchThrowable(() -> clients.sts().getCallerIdentity());
        DynacogException told = FailureTranslator.translate(failure).orElseThrow();
        assertThat(told).hasMessage("STS throttled the request for 6 s: Throttling: slow");
        assertThat(told.hint()).isEqualTo("wait and run again: the capacity or the request quota is used up");
        assertThat(heard).isEmpty();
    }
}
