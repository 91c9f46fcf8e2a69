package dev.dynacog.cli.render;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How variables are written for whoever is to read them: a shell, a file of variables, a CI service. */
public enum ExportFormat {
    SHELL {
        @Override
        String line(String name, String value) {
            return "export " + name + "=" + (isPlain(value) ? value : "'" + value.replace("'", "'\\''") + "'");
        }
    },
    FISH {
        @Override
        String line(String name, String value) {
            String quoted = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
            return "set -gx " + name + " " + (isPlain(value) ? value : quoted);
        }
    },
    /** Docker takes quotes for a part of the value, so there are none where none is needed. */
    DOTENV {
        @Override
        String line(String name, String value) {
            if (isPlain(value)) {
                return name + "=" + value;
            }
            String quote = value.contains("'") ? "\"" : "'";
            return name + "=" + quote + (quote.equals("'") ? value : value.replaceAll("[\\\\\"$`]", "\\\\$0")) + quote;
        }
    },
    /** Lines for the file that {@code $GITHUB_ENV} names, which takes everything after the sign literally. */
    GITHUB {
        @Override
        String line(String name, String value) {
            return name + "=" + value;
        }
    },
    JSON {
        @Override
        public List<String> lines(Map<String, String> variables) {
            return List.of(JsonValues.text(variables));
        }

        @Override
        String line(String name, String value) {
            return JsonValues.text(Map.of(name, value));
        }
    };

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

    abstract String line(String name, String value);

    private static boolean isPlain(String value) {
        return PLAIN.matcher(value).matches();
    }

    /** One line for each variable; all of these formats end a value where the line ends. */
    public List<String> lines(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> line(variable.getKey(), variable.getValue().replaceAll("[\\r\\n]", "")))
                .toList();
    }

    /** As it is typed and shown. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
