package dev.dynacog.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an environment of a repository's file asks of the user: to lend credentials or secrets, or to talk to others. */
final class Wants {
    private static final Map<Setting, String> ENDPOINTS = new EnumMap<>(Map.of(
            Setting.DYNAMODB, "DynamoDB's endpoint",
            Setting.STREAMS, "the streams' endpoint",
            Setting.COGNITO, "Cognito's endpoint"));

    /** Parameters of an address that lead to no other server, file or secret, once the host is judged. */
    private static final Set<String> HARMLESS = Set.of(
            PostgresParameters.HOST,
            PostgresParameters.PORT,
            PostgresParameters.USER,
            PostgresParameters.PASSWORD,
            PostgresParameters.DATABASE,
            "sslmode",
            "application_name",
            "connect_timeout");

    private Wants() {}

    /** Each in a few words with its line; nothing when all that the environment has is on this machine. */
    static List<String> of(ConfigFile.Definition definition) {
        List<String> wants = new ArrayList<>();
        definition.get(Setting.PROFILE).ifPresent(found -> wants.add(say("your AWS profile", found)));
        ENDPOINTS.forEach((setting, what) -> definition
                .get(setting)
                .filter(found -> !isEndpointHere(found.value()))
                .ifPresent(found -> wants.add(say(what, found))));
        definition
                .get(Setting.POSTGRES)
                .filter(found -> !isDatabaseHere(found.value()))
                .ifPresent(found -> wants.add(say("the database at", found.map(Wants::databaseOf))));
        definition
                .get(ConfigFile.POSTGRES_URL_FROM)
                .ifPresent(found -> wants.add(say("the database address in your variable", found)));
        return wants;
    }

    private static String say(String what, Sourced<String> found) {
        String line = found.origin() instanceof Origin.ConfigFile file ? " (line " + file.line() + ")" : "";
        return what + " " + found.value() + line;
    }

    /** By its name alone: where a name leads is the say of whoever owns it, and can change. */
    private static boolean isEndpointHere(String text) {
        try {
            return Hosts.isLoopback(Endpoints.parse(text).getHost());
        } catch (IllegalArgumentException e) {
            // Whoever goes there is told what is wrong with it.
            return true;
        }
    }

    /** Whether an address leads to this machine alone, and to no file or secret of the user's. */
    static boolean isDatabaseHere(String text) {
        try {
            Map<String, String> parameters = PostgresUrl.parameters(text);
            return HARMLESS.containsAll(parameters.keySet())
                    && hosts(parameters).allMatch(Hosts::isLoopback);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static Stream<String> hosts(Map<String, String> parameters) {
        return Arrays.stream(
                parameters.getOrDefault(PostgresParameters.HOST, "").split(",", -1));
    }

    private static String databaseOf(String text) {
        Map<String, String> parameters = PostgresUrl.parameters(text);
        List<String> more = parameters.keySet().stream()
                .filter(name -> !HARMLESS.contains(name))
                .toList();
        return hosts(parameters)
                        .map(host -> host.isEmpty() ? "no host of its own" : host)
                        .collect(Collectors.joining(", "))
                + (more.isEmpty() ? "" : " with " + String.join(", ", more));
    }
}
