package dev.dynacog.cli.terminal;

import org.jline.utils.Signals;

/** Ctrl-C while another program has the terminal: it is meant for that program, which got it too. */
public final class Interrupts implements AutoCloseable {
    private static final String CTRL_C = "INT";

    private final Object before;

    private Interrupts(Object before) {
        this.before = before;
    }

    /** From here to the end of the block Ctrl-C does nothing to us. The other program is not made deaf to it. */
    public static Interrupts leftToTheOther() {
        return new Interrupts(Signals.register(CTRL_C, () -> {}));
    }

    @Override
    public void close() {
        Signals.unregister(CTRL_C, before);
    }
}
