package dev.dynacog.idsync;

import dev.dynacog.cognito.CognitoUser;
import dev.dynacog.cognito.UserListing;
import dev.dynacog.cognito.UserPool;
import dev.dynacog.cognito.UserQuery;
import dev.dynacog.error.DynacogException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * The whole pool, in the order in which it is compared with the table. No transaction waits for Cognito, and memory doesn't
 * grow with the pool.
 */
public final class PoolUsers implements AutoCloseable {
    /** A sub need not be a UUID by the standard, only look like one. */
    private static final Pattern SUB = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final int SUB_LENGTH = 36;

    /** So many names of attributes are remembered, to be told. */
    private static final int NAMES = 60;

    private final SyncRequest request;
    private final Set<String> attributes = new TreeSet<>();
    private SortedSpool bySub = new SortedSpool();
    private SortedSpool byMatch = new SortedSpool();
    private long listed;
    private long count;
    private long withAttribute;

    private PoolUsers(SyncRequest request) {
        this.request = request;
    }

    /** Lists the pool; once more from the start when the service forgets in the middle where it was. */
    public static PoolUsers list(UserPool pool, double rate, SyncRequest request, LongConsumer progress) {
        SortedSpool.sweep();
        PoolUsers users = new PoolUsers(request);
        try {
            UserListing first = pool.list(UserQuery.everybody(rate));
            try {
                users.read(first, progress);
            } catch (DynacogException.Incomplete e) {
                if (!first.hasExpired()) {
                    throw e;
                }
                users.read(pool.list(UserQuery.everybody(rate)), progress);
            }
            users.sortOut();
            return users;
        } catch (RuntimeException e) {
            users.close();
            throw e;
        }
    }

    static boolean isSub(String text) {
        return text.length() == SUB_LENGTH && SUB.matcher(text).matches();
    }

    /** How many users the pool listed. */
    public long count() {
        return listed;
    }

    /** How many users there are: one that was listed twice is one. */
    long distinct() {
        return count;
    }

    /** Whether anybody has what is matched. If nobody has, the attribute's name is likely wrong. */
    public boolean anyHasTheAttribute() {
        return withAttribute > 0;
    }

    /** The attributes that users have. */
    public Set<String> attributes() {
        return Collections.unmodifiableSet(attributes);
    }

    /** All users, by what is matched; of those who have the same, candidates first. */
    SortedSpool.Reader byMatch() {
        return byMatch.read();
    }

    private void read(UserListing listing, LongConsumer progress) {
        bySub.close();
        bySub = new SortedSpool();
        listed = 0;
        withAttribute = 0;
        for (Optional<List<CognitoUser>> page = listing.next(); page.isPresent(); page = listing.next()) {
            for (CognitoUser user : page.get()) {
                add(user);
                listed++;
            }
            progress.accept(page.get().size());
        }
    }

    private void add(CognitoUser user) {
        Optional<String> wanted = request.match().attribute().equals("username")
                ? Optional.of(user.username())
                : user.attribute(request.match().attribute());
        if (wanted.filter(value -> !value.isEmpty()).isPresent()) {
            withAttribute++;
        }
        if (attributes.size() < NAMES) {
            attributes.addAll(user.attributes().keySet());
        }
        PoolUser known = new PoolUser(
                StorableText.storable(user.username()),
                user.sub().map(StorableText::storable),
                wanted.filter(StorableText::isStorable),
                wanted.map(StorableText::storable),
                state(user, wanted.orElse("")),
                user.handle().filter(StorableText::isStorable),
                user.email().filter(StorableText::isStorable),
                user.attribute("name").filter(StorableText::isStorable));
        bySub.add(
                Fields.key(
                        known.sub().orElse(""),
                        known.isCandidate() ? "" : "1",
                        known.username(),
                        known.shown().orElse("")),
                known.bytes());
    }

    /** A pool that changes while it is listed can list a user twice, or a sub with two handles. */
    private void sortOut() {
        byMatch.close();
        byMatch = new SortedSpool();
        count = 0;
        SortedSpool.Reader users = bySub.read();
        Optional<PoolUser> last = Optional.empty();
        boolean lastRepeats = false;
        for (SortedSpool.Item item = users.take(); item != null; item = users.take()) {
            PoolUser user = PoolUser.of(item.value());
            if (last.isPresent() && user.sub().isPresent() && isSame(last.get(), user)) {
                continue;
            }
            boolean repeats = last.isPresent()
                    && last.get().isCandidate()
                    && user.isCandidate()
                    && last.get().sub().equals(user.sub());
            boolean marks = lastRepeats || repeats;
            last.ifPresent(done -> sortIn(done, marks));
            last = Optional.of(user);
            lastRepeats = repeats;
        }
        boolean marks = lastRepeats;
        last.ifPresent(done -> sortIn(done, marks));
        bySub.close();
    }

    private static boolean isSame(PoolUser a, PoolUser b) {
        return a.sub().equals(b.sub())
                && a.username().equals(b.username())
                && a.shown().equals(b.shown())
                && a.state().equals(b.state());
    }

    private void sortIn(PoolUser user, boolean subTwice) {
        PoolUser known = subTwice && user.isCandidate() ? user.in(Category.SUB_TWICE_IN_COGNITO) : user;
        String match = known.match().orElse("");
        byMatch.add(
                Fields.key(
                        StorableText.fold(match),
                        request.ignoreCase() ? "" : match,
                        user.isCandidate() ? "" : "1",
                        known.username(),
                        known.sub().orElse("")),
                known.bytes());
        count++;
    }

    /** What can be said of a user without looking at anything else; nothing of a candidate. */
    private Optional<Category> state(CognitoUser user, String wanted) {
        if (!isSub(user.sub().orElse(""))) {
            return Optional.of(Category.BAD_SUB);
        }
        if (wanted.isEmpty()) {
            return Optional.of(Category.NO_HANDLE);
        }
        if (!StorableText.isStorable(wanted)) {
            return Optional.of(Category.BAD_HANDLE);
        }
        boolean proven = !user.isUnconfirmed()
                && (!isAddress(request.match().attribute())
                        || user.isVerified(request.match().attribute()));
        return proven || request.includeUnverified() ? Optional.empty() : Optional.of(Category.UNCONFIRMED);
    }

    /** Anyone can name an e-mail address or a telephone number at sign-up; only a verified one tells who it is. */
    private static boolean isAddress(String attribute) {
        return attribute.equals("email") || attribute.equals("phone_number");
    }

    @Override
    public void close() {
        bySub.close();
        byMatch.close();
    }
}
