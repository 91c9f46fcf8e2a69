package dev.dynacog.aws;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/** Names that are known without asking AWS. */
public final class KnownNames {
    private KnownNames() {}

    /** Of the regions that the SDK knows. */
    public static List<String> regions() {
        return Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .map(Region::id)
                .sorted()
                .toList();
    }

    /** Of the profiles in the user's own files of AWS. */
    public static Set<String> profiles() {
        return new TreeSet<>(ProfileFile.defaultProfileFile().profiles().keySet());
    }
}
