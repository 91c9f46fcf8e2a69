package dev.dynacog.cli.command.tool;

import dev.dynacog.aws.KnownNames;
import dev.dynacog.cli.Session;
import dev.dynacog.config.Environment;
import dev.dynacog.config.Guarding;
import dev.dynacog.config.Service;
import dev.dynacog.dynamo.table.TableSummary;
import dev.dynacog.dynamo.table.Tables;
import dev.dynacog.postgres.Users;
import dev.dynacog.seed.Fixtures;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of names that complete a word. Servers are asked only where that needs nobody's credentials: the tab key must
 * not sign in anywhere, and not run what a profile names for that.
 */
enum CompletionKind {
    ENVIRONMENTS {
        @Override
        List<Name> names(Session session, TypedWords typed) {
            return session.loader().names().entrySet().stream()
                    .map(name -> new Name(name.getKey(), name.getValue()))
                    .toList();
        }
    },
    TABLES {
        @Override
        List<Name> names(Session session, TypedWords typed) {
            if (!isDynamoDbOpen(session.environment())) {
                return List.of();
            }
            return of(new Tables(session.clients()).names(), "table");
        }
    },
    INDEXES {
        @Override
        List<Name> names(Session session, TypedWords typed) {
            Environment environment = session.environment();
            if (!isDynamoDbOpen(environment)) {
                return List.of();
            }
            String table = typed.arguments().isEmpty()
                    ? environment.messageTable().value()
                    : typed.arguments().get(0);
            return new Tables(session.clients())
                    .summary(table)
                    .map(found -> of(
                            found.indexes().stream()
                                    .map(TableSummary.Index::name)
                                    .toList(),
                            "index of " + table))
                    .orElse(List.of());
        }
    },
    HANDLES {
        @Override
        List<Name> names(Session session, TypedWords typed) {
            if (!(session.environment().guarding() instanceof Guarding.Open)) {
                return List.of();
            }
            return new Users(session.database())
                    .some(MOST_PEOPLE).stream()
                            .map(person -> new Name(person.handle(), person.displayName()))
                            .toList();
        }
    },
    FIXTURES {
        @Override
        List<Name> names(Session session, TypedWords typed) {
            return of(Fixtures.shippedNames(), "shipped");
        }
    },
    REGIONS {
        @Override
        List<Name> names(Session session, TypedWords typed) {
            return of(KnownNames.regions(), "region");
        }
    },
    PROFILES {
        @Override
        List<Name> names(Session session, TypedWords typed) {
            return of(List.copyOf(KnownNames.profiles()), "AWS profile");
        }
    },
    ZONES {
        @Override
        List<Name> names(Session session, TypedWords typed) {
            return of(
                    ZoneId.getAvailableZoneIds().stream()
                            .filter(zone -> !zone.startsWith("SystemV/"))
                            .sorted()
                            .toList(),
                    "time zone");
        }
    };

    private static final int MOST_PEOPLE = 500;

    /** A name, and what it is in a few words. */
    record Name(String value, String description) {}

    abstract List<Name> names(Session session, TypedWords typed);

    private static List<Name> of(List<String> names, String description) {
        return names.stream().map(name -> new Name(name, description)).toList();
    }

    private static boolean isDynamoDbOpen(Environment environment) {
        return environment.guarding() instanceof Guarding.Open
                && environment.aws().dynamodb().credentials() == Service.Credentials.DUMMY;
    }

    /** As it is typed and shown. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
