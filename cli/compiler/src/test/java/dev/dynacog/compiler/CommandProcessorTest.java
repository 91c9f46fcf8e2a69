package dev.dynacog.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What picocli would have understood and this doesn't must not pass unnoticed. That it understands the rest, cli tests. */
class CommandProcessorTest {
    private static List<String> mistakesIn(String members, Path folder) {
        String source = """
                package some;
                import picocli.CommandLine.Option;
                class Options {
                    %s
                }
                """.formatted(members);
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///some/Options.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean lenient) {
                        return source;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        JavaCompiler.CompilationTask task = compiler.getTask(
                null,
                null,
                said,
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                null,
                List.of(file));
        task.setProcessors(List.of(new CommandProcessor()));
        task.call();
        return said.getDiagnostics().stream()
                .filter(it -> it.getKind() == Diagnostic.Kind.ERROR)
                .map(it -> it.getMessage(Locale.ROOT))
                .toList();
    }

    @Test
    void whatItKnowsIsCompiled(@TempDir Path folder) {
        assertThat(mistakesIn("@Option(names = \"--all\", description = \"All.\") boolean all;", folder))
                .isEmpty();
        assertThat(folder.resolve("some/OptionsArguments.class")).exists();
    }

    @Test
    void anAttributeThatItDoesNotKnowStopsTheBuild(@TempDir Path folder) {
        assertThat(mistakesIn("@Option(names = \"--all\", negatable = true) boolean all;", folder))
                .singleElement()
                .asString()
                .contains("negatable");
    }

    @Test
    void aPrivateFieldStopsTheBuild(@TempDir Path folder) {
        assertThat(mistakesIn("@Option(names = \"--all\") private boolean all;", folder))
                .singleElement()
                .asString()
                .contains("must not be private");
    }
}
