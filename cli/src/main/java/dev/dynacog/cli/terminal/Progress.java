package dev.dynacog.cli.terminal;

/** How far a longer work is. Closing it makes it disappear. */
public interface Progress extends AutoCloseable {
    /** For when nobody watches. */
    Progress SILENT = new Progress() {
        @Override
        public void advance(long count) {}

        @Override
        public void say(String what) {}

        @Override
        public void close() {}
    };

    /** So much more is done. */
    void advance(long count);

    /** What is being done, or waited for, now. */
    void say(String what);

    @Override
    void close();
}
