package dev.dynacog.files;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/**
 * How deep and how long a JSON document may be that somebody hands in: those who read it do so by recursion, and keep
 * what they read.
 */
public record BoundedJson(int deepest, long longest) {

    /** What to make a factory of that holds both bounds. */
    public JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxDocumentLength(longest)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);
    }

    /** What is wrong with a document that can't be read, as a predicate: the library speaks to programmers. */
    public String objection(JacksonException failure) {
        String said = String.valueOf(failure.getOriginalMessage());
        if (!(failure instanceof StreamConstraintsException)) {
            return "is not JSON: " + said;
        }
        if (said.startsWith("Document nesting")) {
            return "is nested more than " + deepest + " levels deep";
        }
        return said.startsWith("Document length")
                ? "is longer than " + (longest >> 10) + " KiB"
                : "has a number, a text or a name that is too long";
    }
}
