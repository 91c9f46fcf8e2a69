package dev.dynacog.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The terminal of one run, with its colours decided: data goes to {@link #out()}, everything else to standard error. */
public final class Console {
    private final Terminal terminal;
    private final Palette outPalette;
    private final Palette errPalette;
    private final LineOutput out;
    private volatile Optional<Supplier<String>> lastWord = Optional.empty();
    private volatile boolean stopping;
    private boolean drawn;

    public Console(Terminal terminal, ColorMode mode, Map<String, String> variables) {
        this.terminal = terminal;
        this.outPalette = Palette.decide(mode, variables, terminal.ttys().out());
        this.errPalette = Palette.decide(mode, variables, terminal.ttys().err());
        this.out = new LineOutput(terminal.out());
    }

    public Terminal terminal() {
        return terminal;
    }

    public LineOutput out() {
        return out;
    }

    /** How wide lines of data may be; a reader that is no terminal has no width. */
    public int width() {
        return terminal.ttys().out() ? terminal.columns().orElse(80) : Integer.MAX_VALUE;
    }

    /** Whether the streams for questions are a person's. */
    public boolean canAsk() {
        return terminal.ttys().in() && terminal.ttys().err();
    }

    public Palette outPalette() {
        return outPalette;
    }

    public Palette errPalette() {
        return errPalette;
    }

    /** A line of data. */
    public void print(Text line) {
        byte[] bytes = line.painted(outPalette).stripTrailing().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.endOfLine();
    }

    /** A line beside the data: a note, a warning, a plan, an error. */
    public void tell(Text line) {
        out.flush();
        List<Text> lines = terminal.ttys().err() ? line.wrapped(errWidth()) : List.of(line);
        StringBuilder text = new StringBuilder();
        lines.forEach(part -> text.append(part.painted(errPalette)).append('\n'));
        errBelow(text.toString());
    }

    public void note(String text) {
        tell(Text.of(text, Tone.SECONDARY));
    }

    /** Lines as they are, such as a stack trace: none of them is wrapped. */
    public void tellAll(String lines) {
        out.flush();
        lines.lines().forEach(line -> errBelow(Printable.of(line.replace("\t", "    ")) + "\n"));
    }

    /** Asks on standard error and reads one line; nothing when the input ends. */
    public Optional<String> ask(Text question) {
        out.flush();
        errBelow(question.painted(errPalette) + " ");
        return readLine();
    }

    private Optional<String> readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = terminal.in();
        try {
            int unit = in.read();
            if (unit < 0) {
                return Optional.empty();
            }
            while (unit >= 0 && unit != '\n') {
                line.write(unit);
                unit = in.read();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8).strip());
    }

    /** Shows work that takes longer than a second to a person, and says every 10 seconds how far it is to a log. */
    public Progress progress(String what, OptionalLong total) {
        return progress(what, total, System::nanoTime);
    }

    /** The same by another clock. */
    public Progress progress(String what, OptionalLong total, LongSupplier nanoTime) {
        return terminal.ttys().err()
                ? new ProgressLine(this, what, total, nanoTime)
                : new ProgressLog(this, what, total, nanoTime);
    }

    /**
     * Does work that may be ended by a signal.
     *
     * @param word what is said then of how far it came
     */
    public <T> T withLastWord(Supplier<String> word, Supplier<T> work) {
        lastWord = Optional.of(word);
        try {
            return work.get();
        } finally {
            lastWord = Optional.empty();
            while (stopping) {
                // The process is on its way out, and what failed because of that is no news.
                LockSupport.park();
            }
        }
    }

    /** Draws a line that the next one takes the place of. */
    synchronized void draw(Text line) {
        drawn = true;
        err("\r" + line.painted(errPalette) + "\u001b[K");
    }

    /** Takes away what was drawn. */
    synchronized void erase() {
        if (drawn) {
            drawn = false;
            err("\r\u001b[K");
        }
    }

    /** What stays is never written behind what is drawn, whichever thread it comes from. */
    private synchronized void errBelow(String text) {
        erase();
        err(text);
    }

    private void err(String text) {
        try {
            terminal.err().write(text.getBytes(StandardCharsets.UTF_8));
            terminal.err().flush();
        } catch (IOException ignored) {
            // There is nowhere left to say so; the exit code still tells.
        }
    }

    int errWidth() {
        return terminal.columns().orElse(80);
    }

    /** Ends what is shown, for a process that is being ended: whole lines of data, no half-drawn progress. */
    public void stop() {
        Optional<Supplier<String>> last = lastWord;
        stopping = last.isPresent();
        out.stop();
        if (terminal.ttys().err()) {
            err("\r\u001b[K" + (errPalette.isColored() ? "\u001b[0m" : ""));
        }
        last.ifPresent(word -> tell(Text.of("error", Tone.DANGER).plus("  interrupted; " + word.get())));
    }
}
