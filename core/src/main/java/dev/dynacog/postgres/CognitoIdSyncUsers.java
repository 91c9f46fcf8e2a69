package dev.dynacog.postgres;

import dev.dynacog.cognito.CognitoUser;
import dev.dynacog.cognito.UserListing;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.cognito.UserQuery;
import dev.dynacog.error.DynacogException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The whole pool, in a file until it is copied: memory doesn't grow with it, and no transaction waits for Cognito. The
 * file is readable by its owner alone and gone when this is closed.
 *
 * <p>It is in COPY's binary format, where every value has its length before it and no text means anything but itself.
 */
public final class CognitoIdSyncUsers implements AutoCloseable {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int COLUMNS = 8;
    /** A sub need not be a UUID by the standard, only look like one. */
    private static final Pattern SUB = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final String CANDIDATE = "candidate";

    private final CognitoIdSyncRequest request;
    private final Path file;
    private long count;

    private CognitoIdSyncUsers(CognitoIdSyncRequest request, Path file) {
        this.request = request;
        this.file = file;
    }

    /** Lists the pool; once more from the start when the service forgets in the middle where it was. */
    public static CognitoIdSyncUsers list(
            UserPool pool, double rate, CognitoIdSyncRequest request, LongConsumer progress) {
        CognitoIdSyncUsers users = new CognitoIdSyncUsers(request, temporaryFile());
        try {
            UserListing first = pool.list(UserQuery.everybody(rate));
            try {
                users.write(first, progress);
            } catch (DynacogException.Incomplete e) {
                if (!first.hasExpired()) {
                    throw e;
                }
                users.write(pool.list(UserQuery.everybody(rate)), progress);
            }
            return users;
        } catch (RuntimeException e) {
            users.close();
            throw e;
        }
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempFile("dynacog-users-", ".copy");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static DynacogException unusable(IOException failure) {
        return new DynacogException.Failed(
                "the list of users can't be kept in a temporary file: " + failure.getMessage(),
                "is there room in the folder for temporary files?",
                failure);
    }

    /** How many users the pool listed. */
    public long count() {
        return count;
    }

    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    private void write(UserListing listing, LongConsumer progress) {
        count = 0;
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.write(SIGNATURE);
            out.writeInt(0);
            out.writeInt(0);
            for (Optional<List<CognitoUser>> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (CognitoUser user : page.get()) {
                    write(user, out);
                    count++;
                }
                progress.accept(page.get().size());
            }
            out.writeShort(-1);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void write(CognitoUser user, DataOutputStream out) throws IOException {
        Optional<String> wanted = request.attribute().equals("username")
                ? Optional.of(user.username())
                : user.attribute(request.attribute());
        boolean storable = wanted.map(CognitoIdSyncText::isStorable).orElse(false);
        out.writeShort(COLUMNS);
        write(CognitoIdSyncText.storable(user.username()), out);
        write(user.sub().map(CognitoIdSyncText::storable).orElse(null), out);
        write(storable ? wanted.orElse(null) : null, out);
        write(wanted.map(CognitoIdSyncText::storable).orElse(null), out);
        write(state(user, wanted.orElse("")), out);
        write(user.handle().filter(CognitoIdSyncText::isStorable).orElse(null), out);
        write(user.email().filter(CognitoIdSyncText::isStorable).orElse(null), out);
        write(user.attribute("name").filter(CognitoIdSyncText::isStorable).orElse(null), out);
    }

    private static void write(@Nullable String value, DataOutputStream out) throws IOException {
        if (value == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** What can be said of a user without looking at anything else. */
    private String state(CognitoUser user, String wanted) {
        if (!SUB.matcher(user.sub().orElse("")).matches()) {
            return CognitoIdSyncCategory.BAD_SUB.id();
        }
        if (wanted.isEmpty()) {
            return CognitoIdSyncCategory.NO_HANDLE.id();
        }
        if (!CognitoIdSyncText.isStorable(wanted)) {
            return CognitoIdSyncCategory.BAD_HANDLE.id();
        }
        boolean proven =
                !user.isUnconfirmed() && (!isAddress(request.attribute()) || user.isVerified(request.attribute()));
        return proven || request.includeUnverified() ? CANDIDATE : CognitoIdSyncCategory.UNCONFIRMED.id();
    }

    /** Anyone can name an e-mail address or a telephone number at sign-up; only a verified one tells who it is. */
    private static boolean isAddress(String attribute) {
        return attribute.equals("email") || attribute.equals("phone_number");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftToTheSystem) {
            // In the folder for temporary files, for its owner's eyes only.
        }
    }
}
