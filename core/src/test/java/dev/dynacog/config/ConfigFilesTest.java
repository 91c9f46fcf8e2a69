package dev.dynacog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word counts: the user's, and never more of a repository's than the user allowed. */
class ConfigFilesTest {
    @TempDir
    Path root = Path.of("");

    private final Map<String, String> variables = new HashMap<>();
    private Path home = Path.of("");
    private Path work = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        home = Files.createDirectories(root.toRealPath().resolve("home"));
        work = Files.createDirectories(home.resolve("app/deep"));
    }

    private SettingsLoader loader() {
        return new SettingsLoader(variables, work, Folders.of(Map.of(), home));
    }

    private Settings load(String environment) {
        return loader().load(new Flags(Optional.of(environment), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private Path repositoryFile(String text) throws IOException {
        return Files.writeString(home.resolve("app/dynacog.yaml"), text);
    }

    private Path userFile(String text) throws IOException {
        Path folder = Files.createDirectories(home.resolve(".config/dynacog"));
        return Files.writeString(folder.resolve("dynacog.yaml"), text);
    }

    private void assertRefused(String environment, String... parts) {
        assertThatThrownBy(() -> load(environment))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessageContainingAll(parts);
    }

    /** The first of the attacks: guarded: false of the one, the address of the other. */
    @Test
    void aRepositoryCantChangeAnEnvironmentOfTheUsersOwn() throws IOException {
        Path own = userFile(
                "environments:\n  dev:\n    guarded: false\n    postgres: {url: 'postgresql://a@localhost/a'}\n");
        Path theirs = repositoryFile("environments:\n  dev:\n    postgres: {url: 'postgresql://b@localhost/b'}\n");
        assertRefused("dev", theirs + ":2", own + ":2");
        assertThat(load("local").environment().name().value()).isEqualTo("local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "prod"})
    void aRepositoryCantChangeWhatDynacogItselfDefines(String name) throws IOException {
        Path file = repositoryFile("environments:\n  " + name + ":\n    region: eu-west-1\n");
        assertThatThrownBy(() -> load("local"))
                .isInstanceOfSatisfying(
                        DynacogException.Usage.class,
                        refused -> assertThat(refused.hint())
                                .contains(home.resolve(".config/dynacog/dynacog.yaml")
                                        .toString()))
                .hasMessageStartingWith(file + ":2 environment '" + name + "' is built in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile: prod-admin|your AWS profile prod-admin (line 3)",
                "dynamodb: {endpoint: 'http://db.example.com:8000'}|endpoint http://db.example.com:8000 (line 3)",
                "dynamodb-streams: {endpoint: 'http://8.8.8.8'}|the streams' endpoint http://8.8.8.8",
                "cognito: {endpoint: 'https://id.example.com'}|Cognito's endpoint https://id.example.com",
                "postgres: {url-from: SECRET_URL}|the database address in your variable SECRET_URL",
                "postgres: {url: 'postgresql://a:pw@db.example.com/a'}|the database at db.example.com (line 3)",
                "postgres: {url: 'postgresql:///a'}|no host of its own",
                "dynamodb: {endpoint: 'http://dynamodb:8000'}|http://dynamodb:8000",
                "postgres: {url: 'postgresql://a@localhost/a?sslkey=/home/me/key'}|with sslkey"
            })
    void whatWouldLeadAwayCountsOnlyAfterItWasAllowed(String settingAndWant) throws IOException {
        String[] parts = settingAndWant.split("\\|", -1);
        Path file = repositoryFile("environments:\n  dev:\n    " + parts[0] + "\n");
        assertRefused("dev", "environment dev of " + file + " wants ", parts[1], "is not trusted");
        assertThatThrownBy(() -> load("dev")).message().doesNotContain("pw@");

        assertThat(loader().trust().allow(Optional.empty()).file()).isEqualTo(file);
        assertThat(load("dev").environment().isGuarded()).isTrue();

        Files.writeString(file, "# changed\n", java.nio.file.StandardOpenOption.APPEND);
        assertRefused("dev", "the file changed after you trusted it");
        loader().trust().allow(Optional.of(file));
        load("dev");

        loader().trust().revoke(Optional.of(file));
        assertRefused("dev", "is not trusted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamodb: local",
                "dynamodb: {endpoint: 'http://localhost:9000'}",
                "cognito: {endpoint: 'http://127.0.0.1:9000', user-pool-id: eu-west-1_A}",
                "postgres: local",
                "postgres: {url: 'postgresql://a:b@localhost/a?sslmode=disable'}",
                "region: eu-west-1",
                "message-table: m",
                "account: 012345678901"
            })
    void whatStaysOnThisMachineNeedsNoTrust(String setting) throws IOException {
        repositoryFile("environments:\n  dev:\n    " + setting + "\n");
        assertThat(load("dev").environment().isGuarded()).isTrue();
    }

    @Test
    void whatARepositoryPutsOnThisMachineIsLentNoCredentials() throws IOException {
        repositoryFile("""
                environments:
                  dev:
                    dynamodb: {endpoint: 'http://localhost:9000'}
                    cognito: {endpoint: 'http://[::1]:9000', user-pool-id: eu-west-1_A}
                    postgres: {url: 'postgresql://a@localhost/a'}
                """);
        variables.put("PGPASSWORD", "hunter2");
        Environment environment = load("dev").environment();
        assertThat(environment.aws().dynamodb().credentials()).isEqualTo(Service.Credentials.DUMMY);
        assertThat(environment.aws().cognito().credentials()).isEqualTo(Service.Credentials.DUMMY);
        assertThat(environment.aws().streams().credentials()).isEqualTo(Service.Credentials.CHAIN);
        assertThat(environment.postgres().orElseThrow().value().password()).isEmpty();
    }

    @Test
    void anEndpointWithAFragmentIsNone() throws IOException {
        repositoryFile("environments: {dev: {dynamodb: {endpoint: 'http://localhost#@evil:1'}}}");
        assertRefused("dev", "it contains a '#'");
    }

    @Test
    void aServiceOfTheUsersNeedsTrust() throws IOException {
        repositoryFile("environments: {dev: {postgres: {url: 'postgresql://localhost/a?service=prod'}}}");
        assertRefused("dev", "the database at localhost with service (line 1)", "is not trusted");
    }

    @Test
    void oneFilesTrustIsNotAnothers() throws IOException {
        Path file = repositoryFile("environments:\n  dev:\n    profile: p\n");
        loader().trust().allow(Optional.of(file));
        Path other = Files.createDirectories(home.resolve("other"));
        Files.copy(file, other.resolve("dynacog.yaml"));
        work = other;
        assertRefused("dev", "is not trusted");
    }

    @Test
    void theListOfTrustedFilesIsTheUsersAlone() throws IOException {
        Path file = repositoryFile("environments:\n  dev:\n    profile: p\n");
        loader().trust().allow(Optional.of(file));
        Path list = home.resolve(".local/state/dynacog/trusted-files");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list)))
                .isEqualTo("rw-------");
        for (String rights : new String[] {"rw-r--r--", "rw--w----", "rw-----w-"}) {
            Files.setPosixFilePermissions(list, PosixFilePermissions.fromString(rights));
            assertRefused("dev", "the list of trusted files is not used");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod ", " prod", "PROD\u00a0", "pr od"})
    void aMisnamedEnvironmentIsAnErrorWhereItIsMeantAndNowhereElse(String name) throws IOException {
        Path file = repositoryFile(
                "environments:\n  dev:\n    region: eu-west-1\n  \"" + name + "\":\n    region: eu-west-2\n");
        String mistake = file + ":4 '" + name + "' is not a valid environment name";

        assertThat(load("dev").environment().aws().region().map(Sourced::value)).contains("eu-west-1");
        assertThat(load("local").environment().name().value()).isEqualTo("local");
        assertRefused(name, mistake);
        assertRefused("unknown", mistake);
        assertThatThrownBy(() -> loader().trust().allow(Optional.of(file))).hasMessage(mistake);
        if (name.equals("prod ")) {
            assertRefused("prod", mistake);
        }
    }

    @Test
    void aListOfTrustedFilesThatIsALinkIsNotBelieved() throws IOException {
        Path file = repositoryFile("environments:\n  dev:\n    profile: p\n");
        loader().trust().allow(Optional.of(file));
        Path list = home.resolve(".local/state/dynacog/trusted-files");
        Path elsewhere = Files.move(list, home.resolve("elsewhere"));
        Files.createSymbolicLink(list, elsewhere);

        assertRefused("dev", "the list of trusted files is not used: " + list + " is a link");
    }

    @Test
    void theListSaysHowEachFileStands() throws IOException {
        Path file = repositoryFile("environments:\n  dev:\n    profile: p\n");
        Trust trust = loader().trust();
        assertThat(trust.all()).isEmpty();
        trust.allow(Optional.of(file));
        assertThat(trust.all()).extracting(Trust.Entry::state).containsExactly(Trust.State.TRUSTED);
        repositoryFile("environments: {}\n");
        assertThat(trust.all()).extracting(Trust.Entry::state).containsExactly(Trust.State.CHANGED);
        Files.delete(file);
        assertThat(trust.all()).extracting(Trust.Entry::state).containsExactly(Trust.State.MISSING);
        trust.revoke(Optional.of(file));
        assertThat(trust.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSearchEndsAtTheRepositorysRoot(boolean folder) throws IOException {
        repositoryFile("environments: {dev: {}}");
        load("dev");
        Path inner = home.resolve("app/deep/.git");
        if (folder) {
            Files.createDirectory(inner);
        } else {
            Files.writeString(inner, "gitdir: elsewhere\n");
        }
        assertRefused("dev", "there is no environment 'dev'");
        Files.writeString(home.resolve("app/deep/dynacog.yaml"), "environments: {dev: {}}");
        load("dev");
    }

    @Test
    void theUsersOwnFileIsNoRepositorysWhereItIsFoundOnTheWay() throws IOException {
        userFile("environments: {dev: {guarded: false}}");
        work = home.resolve(".config/dynacog");
        assertThat(load("dev").environment().isGuarded()).isFalse();
        assertThat(load("dev").shown())
                .extracting(Settings.Shown::key)
                .contains("own-file")
                .doesNotContain("repository-file");
    }

    @Test
    void theSearchEndsAtTheUsersHome() throws IOException {
        Files.writeString(root.resolve("dynacog.yaml"), "environments: {dev: {}}");
        assertRefused("dev", "there is no environment 'dev'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "folder"})
    void whatOthersCanWriteIsNotTaken(String what) throws IOException {
        Path file = repositoryFile("environments: {dev: {}}");
        Path open = what.equals("file") ? file : file.getParent();
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> load("dev"))
                .isInstanceOfSatisfying(
                        DynacogException.Usage.class,
                        refused -> assertThat(refused.hint()).contains(file + " is not read: everyone can write"));
        assertThatThrownBy(() -> loader().trust().allow(Optional.of(file)))
                .hasMessageContaining("cannot be trusted: everyone can write");
        assertThat(load("local").shown())
                .anyMatch(shown ->
                        shown.key().equals("repository-file") && shown.origin().contains("everyone can write"));
    }

    @Test
    void theUsersOwnFileThatOthersCanWriteIsNotBelieved() throws IOException {
        Path file = userFile("environments: {dev: {guarded: false}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertRefused("dev", "your own file is ignored: " + file + ": everyone can write to it");
    }

    @Test
    void theUsersOwnFileSetsWhatDoesntMoveTheGuard() throws IOException {
        Path file = userFile("""
                environments:
                  prod:
                    region: eu-west-3
                    profile: prod-admin
                    message-table: messages
                    account: "123456789012"
                    regions: [eu-west-3, eu-west-1]
                    cognito: {user-pool-id: eu-west-3_Abc}
                    postgres: {host: db.example.com}
                  local: {region: eu-central-1}
                """);
        Environment prod = load("prod").environment();
        assertThat(prod.aws().region().orElseThrow())
                .isEqualTo(new Sourced<>("eu-west-3", new Origin.ConfigFile(file, 3)));
        assertThat(prod.aws().profile().orElseThrow().value()).isEqualTo("prod-admin");
        assertThat(prod.messageTable().value()).isEqualTo("messages");
        assertThat(prod.aws().userPoolId().orElseThrow().value()).isEqualTo("eu-west-3_Abc");
        assertThat(prod.isGuarded()).isTrue();
        assertThat(prod.pins().regions()).extracting(Sourced::value).containsExactly("eu-west-3", "eu-west-1");
        assertThat(load("local").environment().aws().region().orElseThrow().value())
                .isEqualTo("eu-central-1");
        assertThat(load("prod").shown())
                .contains(
                        new Settings.Shown("pin.account", Optional.of("123456789012"), file + ":6"),
                        new Settings.Shown("pin.regions", Optional.of("eu-west-3, eu-west-1"), file + ":7"),
                        new Settings.Shown("own-file", Optional.of(file.toString()), "your own"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guarded: false|guarded",
                "guarded: true|guarded",
                "dynamodb: local|dynamodb",
                "dynamodb: {endpoint: 'http://localhost:1'}|dynamodb.endpoint",
                "postgres: {url: 'postgresql://a@localhost/a'}|postgres.url",
                "postgres: {url-from: X}|postgres.url-from",
                "cognito: {endpoint: 'http://localhost:1'}|cognito.endpoint"
            })
    void whatMovesTheGuardCantBeSetForDynacogsOwnEnvironments(String settingAndKey) throws IOException {
        String[] parts = settingAndKey.split("\\|", -1);
        for (String name : SettingsLoader.BUILT_IN) {
            Path file = userFile("environments:\n  " + name + ":\n    " + parts[0] + "\n");
            assertRefused("local", file + ":3 '" + parts[1] + "' can't be set for environment '" + name + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "regoin: x|region",
                "message_table: x|message-table",
                "cognito: {user-pool: x}|cognito.user-pool-id",
                "postgres: {url_from: x}|postgres.url-from",
                "acount: x|account"
            })
    void anUnknownSettingIsAnErrorInEveryEnvironmentWithAGuess(String settingAndGuess) throws IOException {
        String[] parts = settingAndGuess.split("\\|", -1);
        Path file = repositoryFile("environments:\n  dev:\n    " + parts[0] + "\n");
        assertThatThrownBy(() -> load("local"))
                .isInstanceOfSatisfying(
                        DynacogException.Usage.class,
                        refused -> assertThat(refused.hint()).startsWith("did you mean " + parts[1] + "?"))
                .hasMessageStartingWith(file + ":3 unknown setting '");
    }

    @Test
    void anEnvironmentOutsideOfTheListIsToldWhereItBelongs() throws IOException {
        Path file = repositoryFile("local:\n  region: eu-west-1\n");
        assertThatThrownBy(() -> load("local"))
                .isInstanceOfSatisfying(
                        DynacogException.Usage.class,
                        refused -> assertThat(refused.hint()).contains("under the key 'environments'"))
                .hasMessage(file + ":1 unknown key 'local'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[", "{a: ", "- ", "? "})
    void aDeepFileIsAnErrorOfOneLine(String opening) throws IOException {
        Path file = repositoryFile("environments: " + opening.repeat(3_000));
        assertRefused("local", file.toString());
        repositoryFile(opening.repeat(100_000));
        assertRefused("local", file.toString());
    }

    @Test
    void aLargeFileIsAnError() throws IOException {
        Path file = repositoryFile("#" + "x".repeat(256 * 1024));
        assertRefused("local", file + " is larger than 256 KiB");
        repositoryFile("#" + "x".repeat(256 * 1024 - 1));
        assertThat(load("local").environment().isLocal()).isTrue();
    }

    @Test
    void aFileThatContainsItselfIsAnError() throws IOException {
        Path file = repositoryFile("environments: &a\n  dev: *a\n");
        assertRefused("local", file.toString());
    }

    @Test
    void noAddressAtTheWrongPlaceIsRepeated() throws IOException {
        repositoryFile("environments: {dev: {postgres: 'postgresql://me:hunter2@localhost/a', guarded: 'hunter2'}}");
        assertThatThrownBy(() -> load("dev")).message().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: "})
    void aFileIsSixteenLevelsDeepAtMost(String opening) throws IOException {
        Path file = repositoryFile("environments:\n  dev:\n    region: " + opening.repeat(14));
        assertRefused("local", file + ":3 is nested more than 16 levels deep");
        repositoryFile("environments:\n  dev:\n    region: " + opening.repeat(13));
        assertThatThrownBy(() -> load("local")).message().doesNotContain("nested");
    }

    @Test
    void aFileMayBeAsLongAsItIsFlat() throws IOException {
        StringBuilder text = new StringBuilder("environments:\n");
        for (int i = 0; i < 20; i++) {
            text.append("  dev").append(i).append(": {regions: [eu-west-1], cognito: {user-pool-id: a}}\n");
        }
        repositoryFile(text.toString());
        assertThat(load("dev19").environment().name().value()).isEqualTo("dev19");
    }

    @Test
    void anEnvironmentMayHaveNothingButItsName() throws IOException {
        repositoryFile("environments:\n  dev:\n");
        assertThat(load("dev").environment().isGuarded()).isTrue();
        Path file = repositoryFile("environments:\n  dev: x\n");
        assertRefused("dev", file + ":2 environment 'dev' must be a mapping (name: value)");
    }

    @Test
    void aWorkingFolderThatIsGoneStillHasTheFileAboveIt() throws IOException {
        repositoryFile("environments: {dev: {}}");
        work = home.resolve("app/gone");
        assertThat(load("dev").environment().name().value()).isEqualTo("dev");
    }

    @Test
    void whoMistypesAnEnvironmentIsToldAllThatThereAre() throws IOException {
        userFile("environments: {mine: {}, prod: {region: eu-west-1}}");
        repositoryFile("environments: {theirs: {}}");
        assertThatThrownBy(() -> load("dev"))
                .isInstanceOfSatisfying(
                        DynacogException.Usage.class,
                        refused -> assertThat(refused.hint())
                                .isEqualTo("known: local, prod, mine, theirs; more can be added in dynacog.yaml"));
    }

    private Settings.Shown repositoryFile() {
        return load("local").shown().stream()
                .filter(shown -> shown.key().equals("repository-file"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsShownSaysHowFarTheRepositorysFileIsTrusted() throws IOException {
        Path file = repositoryFile("environments: {dev: {region: eu-west-1}}");
        Optional<String> path = Optional.of(file.toString());
        assertThat(repositoryFile()).isEqualTo(new Settings.Shown("repository-file", path, "needs no trust"));
        repositoryFile("environments: {here: {}, dev: {profile: p}}");
        assertThat(repositoryFile()).isEqualTo(new Settings.Shown("repository-file", path, "not trusted"));
        loader().trust().allow(Optional.empty());
        assertThat(repositoryFile()).isEqualTo(new Settings.Shown("repository-file", path, "trusted"));
        repositoryFile("environments: {here: {}, dev: {profile: other}}");
        assertThat(repositoryFile()).isEqualTo(new Settings.Shown("repository-file", path, "not trusted: it changed"));
        Path list = home.resolve(".local/state/dynacog/trusted-files");
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(repositoryFile().origin()).startsWith("not trusted: the list of trusted files is not used");
    }

    @Test
    void whatIsAllowedIsSaidEnvironmentByEnvironment() throws IOException {
        Path file = repositoryFile("environments:\n  here: {}\n  dev: {profile: p}\n");
        Trust.Allowed allowed = loader().trust().allow(Optional.of(Path.of("../dynacog.yaml")));
        assertThat(allowed)
                .isEqualTo(new Trust.Allowed(
                        file, List.of(new Trust.Want("dev", List.of("your AWS profile p (line 3)")))));
        assertThat(loader().trust().revoke(Optional.empty())).isEqualTo(file);
        assertThatThrownBy(() -> loader().trust().revoke(Optional.empty()))
                .isInstanceOf(DynacogException.NotFound.class)
                .hasMessage(file + " is not trusted");
    }

    @Test
    void whatCantBeTrustedIsNot() throws IOException {
        assertThatThrownBy(() -> loader().trust().allow(Optional.empty()))
                .isInstanceOf(DynacogException.NotFound.class)
                .hasMessage("there is no dynacog.yaml here, up to the repository's root");
        assertThatThrownBy(() -> loader().trust().allow(Optional.of(Path.of("none.yaml"))))
                .isInstanceOf(DynacogException.NotFound.class)
                .hasMessage("there is no file " + work.resolve("none.yaml"));
        assertThatThrownBy(() -> loader().trust().revoke(Optional.of(Path.of("gone/none.yaml"))))
                .isInstanceOf(DynacogException.NotFound.class)
                .hasMessage(work.resolve("gone/none.yaml") + " is not trusted");
        Path own = userFile("environments: {}");
        assertThatThrownBy(() -> loader().trust().allow(Optional.of(own)))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessage(own + " is your own file and is always trusted");
    }

    @Test
    void aTrustedFileIsKnownByItsRealFolder() throws IOException {
        Path file = repositoryFile("environments:\n  dev: {profile: p}\n");
        Path link = Files.createSymbolicLink(home.resolve("link"), file.getParent());
        assertThat(loader().trust()
                        .allow(Optional.of(link.resolve("dynacog.yaml")))
                        .file())
                .isEqualTo(file);
        load("dev");
    }

    @Test
    void aTrustedFileThatCantBeReadAnyMoreHasChanged() throws IOException {
        Path file = repositoryFile("environments:\n  dev: {profile: p}\n");
        loader().trust().allow(Optional.of(file));
        repositoryFile("# " + "x".repeat(300_000));
        assertThat(loader().trust().all()).extracting(Trust.Entry::state).containsExactly(Trust.State.CHANGED);
    }

    @Test
    void aListOfTrustedFilesThatIsCutShortIsAnError() throws IOException {
        Path file = repositoryFile("environments:\n  dev: {profile: p}\n");
        loader().trust().allow(Optional.of(file));
        Path list = home.resolve(".local/state/dynacog/trusted-files");
        for (String text : new String[] {"abc", "abc now " + file}) {
            Files.writeString(list, text);
            assertRefused("dev", "the list of trusted files cannot be read: " + list);
        }
    }

    @Test
    void aFileWithALineBreakInItsNameCantBeTrusted() throws IOException {
        Path folder = Files.createDirectories(home.resolve("a\nb"));
        Path file = Files.writeString(folder.resolve("dynacog.yaml"), "environments: {}");
        assertThatThrownBy(() -> loader().trust().allow(Optional.of(file)))
                .isInstanceOf(DynacogException.Usage.class)
                .hasMessage("a file with a line break in its name cannot be trusted");
    }
}
