package dev.dynacog.cli.command.conversation;

import dev.dynacog.cli.terminal.Tone;
import java.util.HashMap;
import java.util.Map;

/** A colour for each person: the same everywhere, as long as nobody else on the page has it. */
public final class PeopleTones {
    private static final Tone[] TONES = {
        Tone.PERSON_1, Tone.PERSON_2, Tone.PERSON_3, Tone.PERSON_4, Tone.PERSON_5, Tone.PERSON_6
    };

    private final Map<String, Tone> byHandle = new HashMap<>();

    public Tone of(String handle) {
        Tone known = byHandle.get(handle);
        return known == null ? choose(handle) : known;
    }

    private Tone choose(String handle) {
        // The hashes of short names are alike in their low bits, so the higher ones are mixed in.
        int hash = handle.hashCode();
        int preferred = Math.floorMod(hash * 31 + (hash >>> 14), TONES.length);
        for (int i = 0; i < TONES.length; i++) {
            Tone tone = TONES[(preferred + i) % TONES.length];
            if (!byHandle.containsValue(tone)) {
                byHandle.put(handle, tone);
                return tone;
            }
        }
        return TONES[preferred];
    }
}
