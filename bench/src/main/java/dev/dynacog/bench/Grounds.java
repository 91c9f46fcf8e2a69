package dev.dynacog.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What every section measures with.
 *
 * @param jdks those that dynacog is measured on; the harness's own errands run on the first
 * @param folder of this run, gone when it ends
 */
record Grounds(
        Installation installation,
        List<Jdk> jdks,
        Rivals rivals,
        Race race,
        Processes processes,
        Scale scale,
        Path folder,
        AtTheEnd end) {

    Jdk firstJdk() {
        return jdks.get(0);
    }
}
