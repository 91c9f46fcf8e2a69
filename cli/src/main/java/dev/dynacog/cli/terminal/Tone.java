package dev.dynacog.cli.terminal;

/** What a piece of text means. How that looks is the palette's business. */
public enum Tone {
    PLAIN,
    HEADING,
    GOOD,
    ATTENTION,
    DANGER,
    SECONDARY,
    KEY,
    LOCAL_ENVIRONMENT,
    OTHER_ENVIRONMENT,
    GUARDED_ENVIRONMENT,
    PERSON_1,
    PERSON_2,
    PERSON_3,
    PERSON_4,
    PERSON_5,
    PERSON_6
}
