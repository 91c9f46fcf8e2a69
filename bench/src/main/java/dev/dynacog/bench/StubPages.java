package dev.dynacog.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the stub answers, made once: a megabyte of items as the service counts them, and pages of users. Every page of a
 * scan has the same items, which nobody who reads them can make use of.
 */
final class StubPages {
    /** The service ends a page when keys and values, without the JSON around them, are this long. */
    private static final int PAGE_BYTES = 1 << 20;

    private static final int USERS = 60;
    private static final String[] WORDS = {
        "build", "test", "branch", "review", "queue", "retry", "index", "page", "cache", "schema", "deploy", "café",
        "green", "slow", "small", "clear", "again", "today", "after", "before", "with", "without", "the", "a", "and"
    };

    private final byte[] items;
    /** Where each item ends. */
    private final List<Integer> ends = new ArrayList<>();

    private final Map<UserPage, byte[]> users = new ConcurrentHashMap<>();

    private record UserPage(int number, int size) {}

    StubPages() {
        Random random = new Random(1);
        ByteArrayOutputStream page = new ByteArrayOutputStream(2 * PAGE_BYTES);
        int counted = 0;
        while (counted < PAGE_BYTES) {
            String text = text(random);
            byte[] item = item(random, ends.size(), text).getBytes(StandardCharsets.UTF_8);
            if (!ends.isEmpty()) {
                page.write(',');
            }
            page.writeBytes(item);
            ends.add(page.size());
            // Names 115, keys and ids 182, the small values 60: what the service counts of an item but for its text.
            counted += 357 + text.getBytes(StandardCharsets.UTF_8).length;
        }
        items = page.toByteArray();
    }

    int itemsOfPage() {
        return ends.size();
    }

    /** A message as the app writes it, with a few more attributes, so that there is a number, a flag, a list and a map. */
    private static String item(Random random, int number, String text) {
        return """
                {"pk":{"S":"MSG#%s"},"sk":{"S":"2026-01-01T%02d:%02d:%02d.%06d+00:00"},"message_uuid":{"S":"%s"},\
                "message":{"S":"%s"},"user_uuid":{"S":"%s"},"user_display_name":{"S":"Someone No. %d"},\
                "user_handle":{"S":"someone%d"},"likes":{"N":"%d"},"score":{"N":"%d.25"},"edited":{"BOOL":%b},\
                "tags":{"L":[{"S":"%s"},{"S":"%s"}]},"client":{"M":{"name":{"S":"web"},"version":{"N":"%d"}}}}""".formatted(
                        uuid(random),
                        number / 3600 % 24,
                        number / 60 % 60,
                        number % 60,
                        random.nextInt(1_000_000),
                        uuid(random),
                        text,
                        uuid(random),
                        number % 200,
                        number % 200,
                        random.nextInt(1000),
                        random.nextInt(100),
                        random.nextBoolean(),
                        word(random),
                        word(random),
                        random.nextInt(30));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int words = 3 + random.nextInt(20);
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(word(random));
        }
        return text.append('.').toString();
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static UUID uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Page {@code number} of a table that has so many items. */
    byte[] scan(int number, long size) {
        int here = (int) Math.min(ends.size(), Math.max(0, size - (long) number * ends.size()));
        boolean more = (number + 1L) * ends.size() < size;
        ByteArrayOutputStream answer = new ByteArrayOutputStream(items.length + 1000);
        answer.writeBytes(ascii("{\"Count\":" + here + ",\"ScannedCount\":" + here + ",\"Items\":["));
        answer.write(items, 0, here == 0 ? 0 : ends.get(here - 1));
        answer.writeBytes(ascii("],\"ConsumedCapacity\":{\"TableName\":\"stub\",\"CapacityUnits\":128.5}"));
        if (more) {
            answer.writeBytes(ascii(",\"LastEvaluatedKey\":{\"pk\":{\"S\":\"MSG#" + new UUID(1, number)
                    + "\"},\"sk\":{\"S\":\"" + (number + 1) + "\"}}"));
        }
        answer.write('}');
        return answer.toByteArray();
    }

    /** Page {@code number} of a pool that has so many users: made when it is first asked for, and kept. */
    byte[] users(int number, int size) {
        return users.computeIfAbsent(new UserPage(number, size), any -> makeUsers(number, size));
    }

    private static byte[] makeUsers(int number, int size) {
        StringBuilder answer = new StringBuilder("{\"Users\":[");
        int first = number * USERS;
        int end = Math.min(size, first + USERS);
        for (int user = first; user < end; user++) {
            answer.append(user == first ? "" : ",").append("""
                    {"Username":"%1$s","Enabled":true,"UserStatus":"CONFIRMED","UserCreateDate":1677661200.123,\
                    "UserLastModifiedDate":1677661200.123,"Attributes":[{"Name":"sub","Value":"%1$s"},\
                    {"Name":"email","Value":"%2$s@example.com"},{"Name":"email_verified","Value":"true"},\
                    {"Name":"preferred_username","Value":"%2$s"},{"Name":"name","Value":"User No. %3$d"}]}""".formatted(sub(user), handle(user), user));
        }
        answer.append(']');
        if (end < size) {
            answer.append(",\"PaginationToken\":\"page-").append(number + 1).append('"');
        }
        return ascii(answer.append('}').toString());
    }

    static String handle(int user) {
        return "user%06d".formatted(user);
    }

    private static UUID sub(int user) {
        return UUID.nameUUIDFromBytes(ascii("stub " + user));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
