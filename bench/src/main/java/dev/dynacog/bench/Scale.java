package dev.dynacog.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds of the small commands
 * @param workRounds of those that take seconds
 */
record Scale(
        int rounds,
        int workRounds,
        int scannedItems,
        int messages,
        int listedUsers,
        int syncedUsers,
        int localItems,
        List<Integer> growth) {

    static Scale full(int rounds) {
        return new Scale(
                rounds,
                Math.max(3, rounds / 5),
                200_000,
                50_000,
                30_000,
                10_000,
                10_000,
                List.of(1_000, 10_000, 100_000, 1_000_000));
    }

    static Scale quick(int rounds) {
        return new Scale(rounds, 1, 5_000, 1_000, 600, 300, 200, List.of(1_000, 10_000));
    }
}
