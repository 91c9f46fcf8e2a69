package dev.dynacog.cli.terminal;

import java.util.Map;
import org.jline.jansi.Ansi;
import org.jline.jansi.Ansi.Attribute;
import org.jline.jansi.Ansi.Color;

/** How each tone looks, or that nothing is coloured at all. */
public final class Palette {
    private final boolean colored;

    private Palette(boolean colored) {
        this.colored = colored;
    }

    /**
     * The decision of whether to colour: the option, then the variables that people set for all their tools, then whether
     * it is a terminal.
     */
    public static Palette decide(ColorMode mode, Map<String, String> variables, boolean tty) {
        return new Palette(isColored(mode, variables, tty));
    }

    private static boolean isColored(ColorMode mode, Map<String, String> variables, boolean tty) {
        if (mode != ColorMode.AUTO) {
            return mode == ColorMode.ALWAYS;
        }
        if (!variables.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        if (isForced(variables, "CLICOLOR_FORCE") || isForced(variables, "FORCE_COLOR")) {
            return true;
        }
        return tty && !"dumb".equals(variables.get("TERM"));
    }

    private static boolean isForced(Map<String, String> variables, String name) {
        String value = variables.getOrDefault(name, "");
        return !value.isEmpty() && !value.equals("0") && !value.equals("false");
    }

    public boolean isColored() {
        return colored;
    }

    String paint(String text, Tone tone) {
        if (!colored || tone == Tone.PLAIN || text.isEmpty()) {
            return text;
        }
        Ansi ansi = new Ansi(new StringBuilder(text.length() + 16));
        return style(ansi, tone).a(text).reset().toString();
    }

    private static Ansi style(Ansi ansi, Tone tone) {
        return switch (tone) {
            case PLAIN -> ansi;
            case HEADING -> ansi.fg(Color.CYAN).bold();
            case GOOD, LOCAL_ENVIRONMENT -> ansi.fg(Color.GREEN);
            case ATTENTION, OTHER_ENVIRONMENT -> ansi.fg(Color.YELLOW);
            case DANGER -> ansi.fg(Color.RED);
            case SECONDARY -> ansi.a(Attribute.INTENSITY_FAINT);
            case KEY -> ansi.bold();
            case GUARDED_ENVIRONMENT -> ansi.fgBright(Color.WHITE).bg(Color.RED).bold();
            case PERSON_1 -> ansi.fg(Color.CYAN);
            case PERSON_2 -> ansi.fg(Color.MAGENTA);
            case PERSON_3 -> ansi.fg(Color.BLUE);
            case PERSON_4 -> ansi.fg(Color.GREEN);
            case PERSON_5 -> ansi.fg(Color.YELLOW);
            case PERSON_6 -> ansi.fg(Color.RED);
        };
    }
}
