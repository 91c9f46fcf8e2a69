package dev.dynacog.config;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What one {@code dynacog.yaml} says.
 *
 * @param hash of the bytes that were read, which is what a user trusts
 * @param misnamed what is wrong with names that no environment can have, by the name
 * @param defaults how things look when neither an option nor a variable says it
 */
record ConfigFile(
        Path path,
        Owner owner,
        String hash,
        Map<String, Definition> environments,
        Map<String, DynacogException.Usage> misnamed,
        Map<String, Sourced<String>> defaults) {
    static final String NAME = "dynacog.yaml";

    /** Whose word the file is. */
    enum Owner {
        /** The user's own: it may lift the guard, and set some of what dynacog's own environments have. */
        USER,
        /** Came with a repository: it adds environments, and changes none. */
        REPOSITORY
    }

    /** Reads a database's address from a variable, so that a file in a repository needs to hold no password. */
    static final String POSTGRES_URL_FROM = "postgres.url-from";

    /** Written in place of a service's settings: the service as environment {@code local} has it. */
    static final String AS_LOCAL = "local";

    private static final int MOST_BYTES = 256 * 1024;
    private static final int DEEPEST = 16;

    private static final String DEFAULTS = "defaults";
    private static final List<String> DEFAULT_KEYS = List.of("output", "zone", "color");
    private static final List<String> SERVICES = List.of("dynamodb", "cognito", "postgres");
    private static final List<String> KEYS = List.of(
            Setting.GUARDED.key(),
            Setting.REGION.key(),
            Setting.PROFILE.key(),
            Setting.MESSAGE_TABLE.key(),
            Setting.DYNAMODB.key(),
            Setting.STREAMS.key(),
            Setting.COGNITO.key(),
            Setting.USER_POOL.key(),
            Setting.POSTGRES.key(),
            POSTGRES_URL_FROM,
            Setting.ACCOUNT.key(),
            Setting.REGIONS.key(),
            Setting.POSTGRES_HOST.key());

    /** What the user may say of dynacog's own environments: nothing that moves the guard. */
    private static final List<String> KEYS_OF_BUILT_IN = List.of(
            Setting.REGION.key(),
            Setting.PROFILE.key(),
            Setting.MESSAGE_TABLE.key(),
            Setting.USER_POOL.key(),
            Setting.ACCOUNT.key(),
            Setting.REGIONS.key(),
            Setting.POSTGRES_HOST.key());

    /** These take several values. */
    private static final Set<String> LISTS = Set.of(Setting.REGIONS.key(), Setting.POSTGRES_HOST.key());

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    /** One environment: the values of each setting, and where it begins. */
    record Definition(Origin.ConfigFile place, Map<String, List<Sourced<String>>> settings) {
        Optional<Sourced<String>> get(String key) {
            return all(key).stream().findFirst();
        }

        Optional<Sourced<String>> get(Setting setting) {
            return get(setting.key());
        }

        List<Sourced<String>> all(String key) {
            return settings.getOrDefault(key, List.of());
        }
    }

    /** Fails when the environment is surely meant by one with a wrong name: what that says would go unseen. */
    void requireNotMisnamed(String environment) {
        misnamed.forEach((name, mistake) -> {
            if (name.strip().equalsIgnoreCase(environment.strip())) {
                throw mistake;
            }
        });
    }

    /** Fails when any environment has a wrong name. */
    void requireNames() {
        misnamed.values().stream().findFirst().ifPresent(mistake -> {
            throw mistake;
        });
    }

    /**
     * @param userFile the user's own file, to name it where another says what only that one may
     */
    static ConfigFile read(Path path, Owner owner, Path userFile) {
        byte[] bytes = bytes(path);
        return new Parser(path, owner, userFile).parse(text(path, bytes), hash(bytes));
    }

    private static byte[] bytes(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new DynacogException.Usage(
                        path + " is larger than " + MOST_BYTES / 1024 + " KiB", "check the file name");
            }
            return bytes;
        } catch (IOException e) {
            throw new DynacogException.Usage(path + " cannot be read: " + e.getMessage(), "");
        }
    }

    private static String text(Path path, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DynacogException.Usage(path + " is not UTF-8", "save it as UTF-8");
        }
    }

    /** What the file's content is known by. */
    static String hash(Path path) {
        return hash(bytes(path));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Parser {
        private final Path path;
        private final Owner owner;
        private final Path userFile;
        private final Map<String, Definition> environments = new LinkedHashMap<>();
        private final Map<String, DynacogException.Usage> misnamed = new LinkedHashMap<>();
        private final Map<String, Sourced<String>> defaults = new LinkedHashMap<>();

        Parser(Path path, Owner owner, Path userFile) {
            this.path = path;
            this.owner = owner;
            this.userFile = userFile;
        }

        ConfigFile parse(String text, String hash) {
            boolean found = false;
            for (NodeTuple entry : root(text)) {
                if (key(entry).equals(DEFAULTS)) {
                    readDefaults(entry);
                    continue;
                }
                if (!key(entry).equals("environments")) {
                    throw wrong(
                            entry.getKeyNode(),
                            "unknown key '" + key(entry) + "'",
                            SettingsLoader.BUILT_IN.contains(key(entry))
                                    ? "put environments under the key 'environments'"
                                    : Nearest.hint(key(entry), List.of("environments", DEFAULTS))
                                            + "known: environments, " + DEFAULTS);
                }
                if (found) {
                    throw wrong(entry.getKeyNode(), "'environments' is defined twice", "");
                }
                found = true;
                for (NodeTuple environment : mapping(entry.getValueNode(), "environments")) {
                    readEnvironment(environment);
                }
            }
            return new ConfigFile(path, owner, hash, environments, misnamed, defaults);
        }

        /** How things look is each user's own matter. */
        private void readDefaults(NodeTuple entry) {
            if (owner == Owner.REPOSITORY) {
                throw wrong(
                        entry.getKeyNode(),
                        "'" + DEFAULTS + "' is not allowed in a repository's file",
                        "move it to your own file, " + userFile);
            }
            for (NodeTuple one : mapping(entry.getValueNode(), DEFAULTS)) {
                String key = key(one);
                if (!DEFAULT_KEYS.contains(key)) {
                    throw wrong(
                            one.getKeyNode(),
                            "unknown default '" + key + "'",
                            Nearest.hint(key, DEFAULT_KEYS) + "known: " + String.join(", ", DEFAULT_KEYS));
                }
                Sourced<String> value = new Sourced<>(readValue(key, one.getValueNode()), origin(one.getKeyNode()));
                if (defaults.putIfAbsent(key, value) != null) {
                    throw wrong(one.getKeyNode(), "'" + key + "' is defined twice", "");
                }
            }
        }

        private List<NodeTuple> root(String text) {
            LoadSettings settings =
                    LoadSettings.builder().setLabel(path.toString()).build();
            try {
                refuseDepth(settings, text);
                Optional<Node> root = new Compose(settings).composeString(text);
                return root.isEmpty() ? List.of() : mapping(root.get(), "the file");
            } catch (MarkedYamlEngineException e) {
                String at = e.getProblemMark()
                        .map(mark -> ":" + (mark.getLine() + 1))
                        .orElse("");
                throw new DynacogException.Usage(path + at + " is not YAML: " + e.getProblem(), "");
            } catch (YamlEngineException e) {
                throw new DynacogException.Usage(path + " is not YAML: " + e.getMessage(), "");
            }
        }

        /** Before anything looks at the file by recursion, which a deep one would bring to its end. */
        private void refuseDepth(LoadSettings settings, String text) {
            int depth = 0;
            for (Event event : new Parse(settings).parseString(text)) {
                if (event instanceof CollectionStartEvent) {
                    depth++;
                } else if (event instanceof CollectionEndEvent) {
                    depth--;
                }
                if (depth > DEEPEST) {
                    int line =
                            event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                    throw new DynacogException.Usage(
                            path + ":" + line + " is nested more than " + DEEPEST + " levels deep", "");
                }
            }
        }

        private void readEnvironment(NodeTuple environment) {
            String name = key(environment);
            boolean builtIn = SettingsLoader.BUILT_IN.contains(name);
            if (builtIn && owner == Owner.REPOSITORY) {
                throw wrong(
                        environment.getKeyNode(),
                        "environment '" + name + "' is built in and cannot be changed by a repository's file",
                        "give it another name; " + String.join(", ", KEYS_OF_BUILT_IN)
                                + " can be set in your own file, " + userFile);
            }
            if (!NAMES.matcher(name).matches()) {
                misnamed.put(
                        name,
                        wrong(
                                environment.getKeyNode(),
                                "'" + name + "' is not a valid environment name",
                                "use letters, digits, '-' and '_'"));
                return;
            }
            Map<String, List<Sourced<String>>> settings = new LinkedHashMap<>();
            for (NodeTuple setting : mapping(environment.getValueNode(), "environment '" + name + "'")) {
                readSetting(builtIn ? name : "", "", setting, settings);
            }
            Definition definition = new Definition(origin(environment.getKeyNode()), settings);
            if (environments.putIfAbsent(name, definition) != null) {
                throw wrong(environment.getKeyNode(), "environment '" + name + "' is defined twice", "");
            }
        }

        private void readSetting(
                String builtIn, String prefix, NodeTuple setting, Map<String, List<Sourced<String>>> into) {
            String key = prefix + key(setting);
            Node value = setting.getValueNode();
            if (prefix.isEmpty() && value instanceof MappingNode group) {
                for (NodeTuple inner : group.getValue()) {
                    readSetting(builtIn, key + ".", inner, into);
                }
                return;
            }
            boolean service = SERVICES.contains(key);
            if (!service && !KEYS.contains(key)) {
                throw wrong(
                        setting.getKeyNode(),
                        "unknown setting '" + key + "'",
                        Nearest.hint(key, KEYS) + "known: " + String.join(", ", KEYS)
                                + "; dynamodb, cognito or postgres: local");
            }
            if (!builtIn.isEmpty() && !KEYS_OF_BUILT_IN.contains(key)) {
                throw wrong(
                        setting.getKeyNode(),
                        "'" + key + "' can't be set for environment '" + builtIn + "', which is built in",
                        "it takes " + String.join(", ", KEYS_OF_BUILT_IN)
                                + "; for other settings, create an environment with another name");
            }
            List<Sourced<String>> values = new ArrayList<>();
            for (Node one : values(key, value)) {
                values.add(new Sourced<>(readValue(key, one), origin(setting.getKeyNode())));
            }
            if (into.putIfAbsent(key, values) != null) {
                throw wrong(setting.getKeyNode(), "'" + key + "' is defined twice", "");
            }
        }

        private List<Node> values(String key, Node value) {
            if (!LISTS.contains(key) || !(value instanceof SequenceNode sequence)) {
                return List.of(value);
            }
            if (sequence.getValue().isEmpty()) {
                throw wrong(value, "'" + key + "' is empty", "set a value or remove the line");
            }
            return sequence.getValue();
        }

        /** Never repeats what stands there: it may be an address with a password, at the wrong place. */
        private String readValue(String key, Node value) {
            if (!(value instanceof ScalarNode scalar)) {
                throw wrong(value, "'" + key + "' takes one value", "");
            }
            String text = scalar.getValue().strip();
            if (text.isEmpty()) {
                throw wrong(value, "'" + key + "' is empty", "set a value or remove the line");
            }
            if (SERVICES.contains(key) && !text.equals(AS_LOCAL)) {
                throw wrong(value, "'" + key + "' is not 'local'", "or add settings under it");
            }
            if (key.equals(Setting.GUARDED.key())) {
                if (!text.equals("true") && !text.equals("false")) {
                    throw wrong(value, "'guarded' must be true or false", "");
                }
                if (owner == Owner.REPOSITORY && text.equals("false")) {
                    throw wrong(
                            value,
                            "a repository's file cannot remove the guard",
                            "define the environment in your own file instead, " + userFile);
                }
            }
            if (key.equals(Setting.ACCOUNT.key()) && !ACCOUNT.matcher(text).matches()) {
                throw wrong(value, "'account' is not an AWS account number", "it has 12 digits");
            }
            if ((key.equals(Setting.REGION.key()) || key.equals(Setting.REGIONS.key())) && !Regions.isName(text)) {
                throw wrong(value, "'" + key + "' is not an AWS region", "for example eu-west-1");
            }
            return text;
        }

        private List<NodeTuple> mapping(Node node, String what) {
            if (node instanceof MappingNode mapping) {
                return mapping.getValue();
            }
            if (node instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
                return List.of();
            }
            throw wrong(node, what + " must be a mapping (name: value)", "");
        }

        private String key(NodeTuple tuple) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar) {
                return scalar.getValue();
            }
            throw wrong(tuple.getKeyNode(), "a key must be a plain word", "");
        }

        private Origin.ConfigFile origin(Node node) {
            return new Origin.ConfigFile(path, line(node));
        }

        private static int line(Node node) {
            return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        }

        private DynacogException.Usage wrong(Node where, String what, String hint) {
            return new DynacogException.Usage(path + ":" + line(where) + " " + what, hint);
        }
    }
}
