package dev.dynacog.messages;

/** Somebody who writes messages. */
public record Person(String uuid, String handle, String displayName) {}
