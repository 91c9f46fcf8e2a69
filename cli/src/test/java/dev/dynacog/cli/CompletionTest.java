package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import dev.dynacog.cli.testing.LocalServers;
import dev.dynacog.cli.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tab key shows, and that it does nothing else. */
@ExtendWith(LocalServers.Extension.class)
class CompletionTest {
    private static final String TRAP = "$(touch ran)";

    private Cli cli = Cli.inPipe();
    private Path folder = Path.of("");

    @BeforeEach
    void aTable(LocalServers servers, @TempDir Path temporary) {
        folder = temporary;
        cli = servers.cli();
        assertThat(cli.run("schema-load").exit()).isZero();
    }

    private List<String> complete(String... arguments) {
        List<String> all = new ArrayList<>(List.of("complete"));
        all.addAll(List.of(arguments));
        Run run = cli.run(all.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        return run.outLines();
    }

    @Test
    void namesAreThoseOfTheServersWithWhatTheyAre() {
        assertThat(complete("tables", "--", "describe")).containsExactly("cruddur-messages\ttable");
        assertThat(complete("indexes", "--", "--env", "local", "scan"))
                .containsExactly("message-group-sk-index\tindex of cruddur-messages");
        assertThat(complete("indexes", "--", "scan", "--limit", "5", "cruddur-messages", "--index"))
                .containsExactly("message-group-sk-index\tindex of cruddur-messages");
        assertThat(complete("environments")).contains("local\tthis machine", "prod\tproduction, guarded");
        assertThat(complete("regions")).contains("eu-west-1\tregion");
        assertThat(complete("fixtures")).contains("workshop\tshipped");
    }

    @Test
    void handlesAreThoseOfTheUsersAndNoneThatATerminalWouldObey(LocalServers servers) {
        TestDatabase database = TestDatabase.empty(servers);
        cli = cli.with("CONNECTION_URL", database.url());
        assertThat(cli.run("db", "schema-load").exit()).isZero();
        assertThat(cli.run("db", "seed").exit()).isZero();
        database.execute("insert into public.users (display_name, handle, email, cognito_user_id) values"
                + " (E'\\x1b[31mRed', 'red', 'x', 'MOCK'), ('Bad', E'\\x1b]0;bad', 'y', 'MOCK2')");
        assertThat(complete("handles", "--", "list-conversations"))
                .contains("londo\tLondo Mollari", "red\t␛[31mRed")
                .noneMatch(line -> line.contains("bad"));
    }

    /** The tab key must not sign in anywhere. */
    @Test
    void aGuardedEnvironmentIsNotAsked() {
        cli = cli.with("AWS_ACCESS_KEY_ID", "key").with("AWS_SECRET_ACCESS_KEY", "secret");
        assertThat(complete("tables", "--", "--env", "prod", "describe")).isEmpty();
        assertThat(complete("handles", "--", "--env=prod", "list-conversations"))
                .isEmpty();
    }

    @Test
    void whereNothingAnswersThereAreNoNamesAndNoWords() {
        assertThat(complete("tables", "--", "--endpoint-url", "http://localhost:1", "describe"))
                .isEmpty();
        assertThat(complete("tables", "--", "--env", "nowhere", "describe")).isEmpty();
        assertThat(complete("indexes", "--", "scan", "absent")).isEmpty();
        assertThat(complete("tables", "--", "--endpoint-url")).hasSize(1);
    }

    @Test
    void helpKeepsQuietAboutWhatScriptsAsk() {
        assertThat(cli.run("--help").out()).contains("completion").doesNotContain("complete ");
    }

    /** The words of a line as readline breaks them, divided by blanks here, and what bash is given for the last. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            dynacog loc                                  ! dynacog loc                                ! local
            'dynacog -o '                                ! 'dynacog -o '                              ! table json jsonl csv yaml
            dynacog --output=js                          ! dynacog --output = js                      ! json jsonl
            dynacog --env=                               ! dynacog --env =                            ! local prod
            dynacog --env local describe us              ! dynacog --env local describe us            ! users user\\ posts
            dynacog describe "user                       ! dynacog describe "user                     ! users user posts
            dynacog describe it\\'s:h                    ! dynacog describe it\\'s : h                ! here
            dynacog describe $(                          ! dynacog describe $(                        ! \\$\\(touch\\ ran\\)
            dynacog get-conversation --between a b       ! dynacog get-conversation --between a b     ! bayko
            dynacog help db mi                           ! dynacog help db mi                         ! migrate
            dynacog list-tables --csv                    ! dynacog list-tables --csv                  ! --csv-safe
            """)
    void bashOffersWhatFits(String line, String words, String offered) throws Exception {
        String shown = String.join(" ", bash(line, words));
        assertThat(shown).isEqualTo(offered);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    private List<String> bash(String line, String words) throws IOException, InterruptedException {
        fake();
        Path script = script("bash");
        String array = String.join(
                " ",
                List.of(words.split(" ", -1)).stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .toList());
        return run(
                "bash",
                "--norc",
                "-c",
                ". " + script + "; COMP_WORDS=(" + array + "); COMP_LINE='"
                        + line.replace("'", "'\\''")
                        + "'; COMP_POINT=${#COMP_LINE}; COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                        + " _dynacog; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    @Test
    void fishOffersWhatFitsWithItsDescription() throws Exception {
        assumeTrue(isInstalled("fish"));
        fake();
        assertThat(run("fish", "-N", "-c", "source " + script("fish") + "; complete -C 'dynacog describe us'"))
                .containsExactly("user posts\ttable", "users\ttable");
        assertThat(run("fish", "-N", "-c", "source " + script("fish") + "; complete -C 'dynacog --output=js'"))
                .containsExactly("--output=json", "--output=jsonl");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    /** zsh's own functions stand in for the screen here. */
    @Test
    void zshOffersWhatFitsAndTheShellStaysAsItWas() throws Exception {
        assumeTrue(isInstalled("zsh"));
        fake();
        String before = "alias compopt=mine; compdef() { }; setopt >a; alias >>a; . " + script("zsh")
                + "; setopt >b; alias >>b; cmp a b || print changed; ";
        String display = "_describe() { print -rl -- \"${(@P)4}\" }; ";
        assertThat(run("zsh", "-f", "-c", before + display + "words=(dynacog describe ''); CURRENT=3; _dynacog"))
                .containsExactly("users:table", "user posts:table", "it's\\:here:table", TRAP + ":table");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    private static boolean isInstalled(String shell) throws InterruptedException {
        try {
            return new ProcessBuilder(shell, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A dynacog that knows some names, one of them a command of the shell's. */
    private void fake() throws IOException {
        Path fake = folder.resolve("dynacog");
        Files.writeString(fake, """
                #!/bin/sh
                case $2 in
                tables) printf '%s\\ttable\\n' users 'user posts' "it's:here" '$(touch ran)' ;;
                environments) printf 'local\\there\\nprod\\tthere\\n' ;;
                handles) printf 'bayko\\tBayko\\n' ;;
                esac
                """);
        assertThat(fake.toFile().setExecutable(true)).isTrue();
    }

    private Path script(String shell) throws IOException {
        return Files.writeString(
                folder.resolve("completion." + shell),
                cli.run("completion", shell).out());
    }

    private List<String> run(String... command) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder(command).directory(folder.toFile());
        shell.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        shell.environment().put("LC_ALL", "C.UTF-8");
        shell.redirectErrorStream(true);
        Process process = shell.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out.lines().toList();
    }
}
