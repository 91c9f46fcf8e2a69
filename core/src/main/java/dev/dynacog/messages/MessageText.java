package dev.dynacog.messages;

import dev.dynacog.error.DynacogException;
import java.util.Optional;

/** What a message's text may be. */
public final class MessageText {
    private MessageText() {}

    /** What is wrong with a text, for a sentence that begins with "the text"; nothing when it is fine. */
    public static Optional<String> objection(String text) {
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        int length = text.codePointCount(0, text.length());
        if (length > Message.LONGEST) {
            return Optional.of("has " + length + " characters, and " + Message.LONGEST + " are allowed");
        }
        if (text.indexOf('\0') >= 0) {
            return Optional.of("contains a NUL character");
        }
        boolean half = text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
        return half ? Optional.of("contains an unpaired surrogate, which cannot be stored") : Optional.empty();
    }

    static void require(String text) {
        objection(text).ifPresent(objection -> {
            throw new DynacogException.Usage(
                    "the text " + objection, "a message has 1 to " + Message.LONGEST + " characters");
        });
    }
}
