package dev.dynacog.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Plays Lambda: makes the handler as it does, and hands it an event. Run as a program it does so with the jar alone. */
@NullMarked
public final class Invocation {
    private Invocation() {}

    /**
     * @param args the table, and then partition keys, one for each record
     */
    public static void main(String[] args) {
        var response = new ProjectorHandler().handleRequest(event(List.of(args)), new Silent(System.out::println));
        response.getBatchItemFailures()
                .forEach(failure -> System.out.println("failure " + failure.getItemIdentifier()));
    }

    static DynamodbEvent event(List<String> tableAndPartitions) {
        List<DynamodbStreamRecord> records = new ArrayList<>();
        for (int i = 1; i < tableAndPartitions.size(); i++) {
            DynamodbStreamRecord record = new DynamodbStreamRecord();
            record.setEventSourceARN("arn:aws:dynamodb:us-east-1:000000000000:table/" + tableAndPartitions.get(0)
                    + "/stream/2026-11-20T00:00:00.000");
            record.setEventName("INSERT");
            record.setDynamodb(new StreamRecord()
                    .withSequenceNumber(String.valueOf(i))
                    .withKeys(Map.of("pk", new AttributeValue(tableAndPartitions.get(i)))));
            records.add(record);
        }
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(records);
        return event;
    }

    /** Where a line of the function's log goes. */
    interface Log {
        void line(String line);
    }

    /** A context that only logs. */
    record Silent(Log log) implements Context {
        @Override
        public LambdaLogger getLogger() {
            return new LambdaLogger() {
                @Override
                public void log(String message) {
                    log.line(message);
                }

                @Override
                public void log(byte[] message) {
                    log.line(new String(message, StandardCharsets.UTF_8));
                }
            };
        }

        @Override
        public String getAwsRequestId() {
            return "";
        }

        @Override
        public String getLogGroupName() {
            return "";
        }

        @Override
        public String getLogStreamName() {
            return "";
        }

        @Override
        public String getFunctionName() {
            return "";
        }

        @Override
        public String getFunctionVersion() {
            return "";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "";
        }

        @Override
        public @Nullable CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        public @Nullable ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getRemainingTimeInMillis() {
            return 60_000;
        }

        @Override
        public int getMemoryLimitInMB() {
            return 256;
        }
    }
}
