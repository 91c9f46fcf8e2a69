package dev.dynacog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.testing.Cli;
import dev.dynacog.cli.testing.Cli.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in a command line: in one voice, with the hint that helps, and never with a name of Java's. */
class UsageMistakeTest {
    private static Run run(String line) {
        return Cli.inPipe().run(line.isEmpty() ? new String[0] : line.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ls                        | unknown command 'ls'                                             | use dynacog list-tables
        rm users                  | unknown command 'rm'                                             | use dynacog drop
        version                   | unknown command 'version'                                        | use dynacog --version
        up                        | unknown command 'up'                                             | did you mean dynacog local up?
        list-tabels               | unknown command 'list-tabels'                                    | did you mean list-tables? dynacog --help
        xyzzy                     | unknown command 'xyzzy'                                          | dynacog --help
        db migrat                 | unknown command 'migrat' of dynacog db                           | did you mean migrate? dynacog db --help
        db scan                   | unknown command 'scan' of dynacog db                             | did you mean dynacog scan?
        help xyzzy                | unknown command 'xyzzy'                                          | dynacog --help
        help db xyzzy             | unknown command 'xyzzy' of dynacog db                            | dynacog db --help
        list-tables --json        | unknown option --json                                            | for that format: -o json
        list-tables --yaml        | unknown option --yaml                                            | for that format: -o yaml
        drop users --yes          | unknown option --yes                                             | only guarded environments ask; there, pass --confirm NAME with the name that the prompt asks for
        drop users -y             | unknown option -y                                                | only guarded environments ask; there, pass --confirm NAME with the name that the prompt asks for
        list-tables --yes         | unknown option --yes                                             | this command doesn't ask: leave --yes out
        list-tables --no-color    | unknown option --no-color                                        | use --color never
        scan --limti 5            | unknown option --limti                                           | did you mean --limit? dynacog scan --help
        scan --limti=5            | unknown option --limti                                           | did you mean --limit? dynacog scan --help
        scan -x                   | unknown option -x                                                | dynacog scan --help
        local --seed up           | unknown option --seed                                            | --seed is an option of dynacog local up: give it after the command's name
        db connect -c             | unknown option -c                                                | options of the other program go after --: dynacog db connect -- -c
        scan a b c                | unexpected argument 'b'                                          | dynacog scan --help
        list-tables a             | unexpected argument 'a'                                          | this command takes options alone: dynacog list-tables --help
        describe                  | missing argument TABLE                                           | dynacog describe --help
        send-message hello        | missing option --from HANDLE                                     | dynacog send-message --help
        scan --limit              | --limit needs a value: N                                         | dynacog scan --help
        --env                     | --env needs a value: NAME                                        | dynacog --help
        get-conversation --between a | --between takes 2 values                                      | dynacog get-conversation --help
        scan --limit 1 --limit 2  | --limit can be given only once                                   | dynacog scan --help
        scan --limit x            | invalid value 'x' for --limit: expected a whole number           | dynacog scan --help
        scan --limit 1.5          | invalid value '1.5' for --limit: expected a whole number         | dynacog scan --help
        scan --segments 99999999999 | invalid value '99999999999' for --segments: the number is too large | dynacog scan --help
        scan --rate x             | invalid value 'x' for --rate: expected a number                  | dynacog scan --help
        scan --value foo          | invalid value 'foo' for --value: expected :v=VALUE               | dynacog scan --help
        list-tables --debug=x     | --debug takes no value                                           | dynacog list-tables --help
        list-tables -o xml        | invalid value 'xml' for --output: expected table, json, jsonl, csv or yaml | dynacog list-tables --help
        local env --format x      | invalid value 'x' for --format: expected shell, fish, dotenv, github or json | dynacog local env --help
        completion tcsh           | invalid value 'tcsh' for SHELL: expected bash, zsh or fish       | dynacog completion --help
        """)
    void aMistakeIsToldInOneVoice(String line, String error, String hint) {
        Run run = run(line);
        assertThat(run.err()).isEqualTo("error  " + error + "\nhint   " + hint + "\n");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void anEmptyArgumentIsCalledEmpty() {
        assertThat(Cli.inPipe().run("list-tables", "").err()).startsWith("error  an argument is empty\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "db", "db migrate", "local up", "help", ""})
    void helpCommandIsTheCommandsHelp(String command) {
        Run help = run(("help " + command.replace("help", "")).strip());
        assertThat(help.exit()).isZero();
        assertThat(help.out())
                .isEqualTo(
                        run((command.replace("help", "") + " --help").strip()).out());
    }

    @Test
    void helpTakesGlobalOptionsToo() {
        assertThat(run("--color never help scan").out())
                .isEqualTo(run("scan --help").out());
    }

    /** Also where nothing would be formatted with them, and before anything is asked or done. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "list-tables --zone Mars",
                "list-tables --names -o json --zone Mars",
                "config show -o csv --zone Mars/Olympus",
                "local up --port-dynamodb 99999",
                "local up --port-postgres -1",
                "local logs -n -1",
                "scan --limit 0",
                "scan --rate NaN",
                "scan --rate Infinity",
                "scan --max-rcu -1",
                "scan --segments 0",
                "cognito list-users --rate NaN",
                "stream follow --limit 0",
                "seed --groups 0",
                "list-conversations --limit 0"
            })
    void aBadValueIsRefusedWhateverTheFormat(String line) {
        Run run = run(line);
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"list-tables --endpoint-url http://no-such-host.invalid:8000", "cognito list-users --debug"})
    void anUnknownHostIsNotAnsweredWithTheLocalStack(String line) {
        Run run = Cli.inPipe()
                .with("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "http://no-such-host.invalid:9229")
                .with("AWS_COGNITO_USER_POOL_ID", "local_pool")
                .run(line.split(" ", -1));
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err())
                .contains("unknown host: http://no-such-host.invalid")
                .doesNotContain("local up");
    }

    @Test
    void noMistakeIsToldInWordsOfJava() {
        for (String line :
                List.of("scan --limit x", "completion x", "db rollback x y", "seed --now x", "scan --value x")) {
            assertThat(run(line).err())
                    .doesNotContainPattern("Exception|a long|an int|index \\d|option option|\\[BASH");
        }
    }
}
