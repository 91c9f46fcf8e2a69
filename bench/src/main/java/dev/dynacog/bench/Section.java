package dev.dynacog.bench;

import java.io.IOException;
import java.util.List;

/** A part of the results, measured apart from the others. */
interface Section {
    List<String> NAMES = List.of("start-up", "stub", "local", "growth");

    String name();

    void measure(Results results) throws IOException;
}
