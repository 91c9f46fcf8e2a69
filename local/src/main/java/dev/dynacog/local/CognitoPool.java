package dev.dynacog.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** The users of the local pool, by user name. A change is on disk before it is answered, when there is a data folder. */
final class CognitoPool {
    static final String ID = "local_cruddur";
    static final String NAME = "cruddur";

    /** Some 200,000 users. */
    private static final int LARGEST_GIVEN = 64 << 20;

    private static final String KEPT = "users.json";
    private static final String SHIPPED = "/seed-data/cognito/users.json";

    private final NavigableMap<String, CognitoAccount> accounts = new ConcurrentSkipListMap<>();
    private final Optional<Path> keptIn;
    private final String source;

    private CognitoPool(Optional<Path> keptIn, String source) {
        this.keptIn = keptIn;
        this.source = source;
    }

    /**
     * The pool as it was left, or made anew. A users file that was asked for and isn't the one that the pool was made
     * from replaces it: who names another file wants its users.
     */
    static CognitoPool open(CognitoOptions options) {
        byte[] wanted = options.users().map(CognitoPool::readGiven).orElseGet(CognitoPool::readShipped);
        String source = digest(wanted);
        CognitoPool pool = new CognitoPool(options.dataFolder().map(folder -> folder.resolve(KEPT)), source);
        if (pool.keptIn.isPresent() && Files.exists(pool.keptIn.get())) {
            String where = pool.keptIn.get().toString();
            byte[] kept = readKept(pool.keptIn.get());
            String keptSource = CognitoUsersFile.source(kept, where);
            if (options.users().isEmpty() || keptSource.equals(source)) {
                CognitoPool old = new CognitoPool(pool.keptIn, keptSource);
                CognitoUsersFile.read(kept, where).forEach(old::add);
                return old;
            }
        }
        String where = options.users().map(Path::toString).orElse("that dynacog ships");
        CognitoUsersFile.read(wanted, where).forEach(pool::add);
        pool.keep();
        return pool;
    }

    private void add(CognitoAccount account) {
        accounts.put(account.username(), account);
    }

    int size() {
        return accounts.size();
    }

    /** Those whose names come after the given one, in the order of their names. */
    Iterable<CognitoAccount> after(String username) {
        return accounts.tailMap(username, false).values();
    }

    boolean hasGroup(String group) {
        return accounts.values().stream().anyMatch(account -> account.groups().contains(group));
    }

    /** By user name or by sub: the service takes both. */
    CognitoAccount get(String name) {
        CognitoAccount found = accounts.get(name);
        if (found != null) {
            return found;
        }
        return accounts.values().stream()
                .filter(account -> account.sub().equals(name))
                .findFirst()
                .orElseThrow(CognitoFault::noUser);
    }

    synchronized void create(CognitoAccount account) {
        if (accounts.putIfAbsent(account.username(), account) != null) {
            throw new CognitoFault("UsernameExistsException", "User account already exists");
        }
        keep();
    }

    synchronized void change(String name, UnaryOperator<CognitoAccount> change) {
        add(change.apply(get(name)));
        keep();
    }

    synchronized void delete(String name) {
        accounts.remove(get(name).username());
        keep();
    }

    private void keep() {
        if (keptIn.isEmpty()) {
            return;
        }
        Path file = keptIn.get();
        try {
            Folders.replace(file, CognitoUsersFile.write(accounts.values(), source));
        } catch (IOException problem) {
            throw Folders.unusable(file, "Cognito data", problem);
        }
    }

    private static byte[] readGiven(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe would be waited for.
            throw StackException.usage(
                    "the users file " + file + " is not a plain file",
                    "pass --users a file such as seed-data/cognito/users.json");
        }
        // What is read counts, and not what the file says of its size: a device says nothing.
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST_GIVEN + 1);
            if (content.length > LARGEST_GIVEN) {
                throw StackException.usage(
                        "the users file " + file + " is larger than " + (LARGEST_GIVEN >> 20) + " MiB",
                        "pass --users a smaller file, such as seed-data/cognito/users.json");
            }
            return content;
        } catch (IOException problem) {
            throw unreadable(file);
        }
    }

    private static byte[] readKept(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException problem) {
            throw unreadable(file);
        }
    }

    private static StackException unreadable(Path file) {
        return StackException.usage(
                "the users file " + file + " can't be read",
                "pass --users a file such as seed-data/cognito/users.json");
    }

    private static byte[] readShipped() {
        try (InputStream in = CognitoPool.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw StackException.failed("dynacog lacks its own " + SHIPPED, "install it again");
            }
            return in.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new String(Base64.getEncoder().encode(digest), StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
