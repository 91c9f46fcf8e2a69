package dev.dynacog.config;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What one {@code dynacog.yaml} says: environments, each a flat map from a setting's key to its value and line. */
record ConfigFile(Path path, Map<String, Map<String, Sourced<String>>> environments) {
    static final String NAME = "dynacog.yaml";

    /** Reads a database's address from a variable, so that a file in a repository needs to hold no password. */
    static final String POSTGRES_URL_FROM = "postgres.url-from";

    /** Written in place of a service's settings: the service as environment {@code local} has it. */
    static final String AS_LOCAL = "local";

    private static final Set<String> SERVICES = Set.of("dynamodb", "cognito", "postgres");
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
            POSTGRES_URL_FROM);
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    static ConfigFile read(Path path) {
        return new Parser(path).parse();
    }

    private static final class Parser {
        private final Path path;
        private final Map<String, Map<String, Sourced<String>>> environments = new LinkedHashMap<>();

        Parser(Path path) {
            this.path = path;
        }

        ConfigFile parse() {
            for (NodeTuple entry : root()) {
                if (!key(entry).equals("environments")) {
                    throw wrong(
                            entry.getKeyNode(), "unknown key '" + key(entry) + "'", "the file has one: environments");
                }
                for (NodeTuple environment : mapping(entry.getValueNode(), "environments")) {
                    readEnvironment(environment);
                }
            }
            return new ConfigFile(path, environments);
        }

        private List<NodeTuple> root() {
            try (Reader reader = Files.newBufferedReader(path)) {
                Optional<Node> root = new Compose(LoadSettings.builder()
                                .setLabel(path.toString())
                                .setAllowDuplicateKeys(false)
                                .build())
                        .composeReader(reader);
                return root.isEmpty() ? List.of() : mapping(root.get(), "the file");
            } catch (MarkedYamlEngineException e) {
                String at = e.getProblemMark()
                        .map(mark -> ":" + (mark.getLine() + 1))
                        .orElse("");
                throw new DynacogException.Usage(path + at + " is not YAML: " + e.getProblem(), "");
            } catch (MalformedInputException e) {
                throw new DynacogException.Usage(path + " is not UTF-8", "save it as UTF-8");
            } catch (YamlEngineException | IOException e) {
                throw new DynacogException.Usage(path + " can't be read: " + e.getMessage(), "");
            }
        }

        private void readEnvironment(NodeTuple environment) {
            String name = key(environment);
            if (name.equals(SettingsLoader.LOCAL) || name.equals(SettingsLoader.PROD)) {
                throw wrong(
                        environment.getKeyNode(),
                        "environment '" + name + "' is built in and can't be redefined",
                        "give it a name of its own");
            }
            if (!NAMES.matcher(name).matches()) {
                throw wrong(
                        environment.getKeyNode(),
                        "'" + name + "' is no name for an environment",
                        "use letters, digits, '-' and '_'");
            }
            Map<String, Sourced<String>> settings = new LinkedHashMap<>();
            for (NodeTuple setting : mapping(environment.getValueNode(), "environment '" + name + "'")) {
                readSetting("", setting, settings);
            }
            if (environments.putIfAbsent(name, settings) != null) {
                throw wrong(environment.getKeyNode(), "environment '" + name + "' stands here twice", "");
            }
        }

        private void readSetting(String prefix, NodeTuple setting, Map<String, Sourced<String>> into) {
            String key = prefix + key(setting);
            Node value = setting.getValueNode();
            if (prefix.isEmpty() && value instanceof MappingNode group) {
                for (NodeTuple inner : group.getValue()) {
                    readSetting(key + ".", inner, into);
                }
                return;
            }
            if (!(value instanceof ScalarNode scalar)) {
                throw wrong(value, "'" + key + "' takes one value", "");
            }
            String text = scalar.getValue().strip();
            boolean service = SERVICES.contains(key);
            if (service && !text.equals(AS_LOCAL)) {
                throw wrong(
                        value, "'" + key + "' is '" + text + "'", "it is 'local', or has settings of its own below it");
            }
            if (!service && !KEYS.contains(key)) {
                throw wrong(
                        setting.getKeyNode(),
                        "unknown setting '" + key + "'",
                        "known: " + String.join(", ", KEYS) + "; dynamodb, cognito or postgres: local");
            }
            if (key.equals(Setting.GUARDED.key()) && !text.equals("true") && !text.equals("false")) {
                throw wrong(value, "'guarded' is '" + text + "'", "it is true or false");
            }
            if (text.isEmpty()) {
                throw wrong(value, "'" + key + "' is empty", "give it a value, or leave the line out");
            }
            if (into.putIfAbsent(key, new Sourced<>(text, new Origin.ConfigFile(path, line(setting.getKeyNode()))))
                    != null) {
                throw wrong(setting.getKeyNode(), "'" + key + "' stands here twice", "");
            }
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

        private static int line(Node node) {
            return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        }

        private DynacogException.Usage wrong(Node where, String what, String hint) {
            return new DynacogException.Usage(path + ":" + line(where) + " " + what, hint);
        }
    }
}
