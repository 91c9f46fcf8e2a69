package dev.dynacog.config;

import java.nio.file.Path;
import java.util.List;

/** The place that a setting's value was taken from. */
public sealed interface Origin {
    /** The origin in a user's words. */
    String describe();

    record Flag(String name) implements Origin {
        @Override
        public String describe() {
            return name;
        }
    }

    record Variable(String name) implements Origin {
        @Override
        public String describe() {
            return name;
        }
    }

    record LocalStack(Path stateFile) implements Origin {
        @Override
        public String describe() {
            return "the running local stack";
        }
    }

    record ConfigFile(Path file, int line) implements Origin {
        @Override
        public String describe() {
            return file + ":" + line;
        }
    }

    /** A place whose value others made whole. */
    record Completed(Origin first, List<String> helpers) implements Origin {
        @Override
        public String describe() {
            return first.describe() + " with " + String.join(", ", helpers);
        }
    }

    record Default() implements Origin {
        @Override
        public String describe() {
            return "default";
        }
    }
}
