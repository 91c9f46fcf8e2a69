package dev.dynacog.cli.command.conversation;

import dev.dynacog.error.DynacogException;
import dev.dynacog.messages.MessageTable;

/** Ids of groups as they are given on the command line. */
final class GroupIds {
    private static final int SHOWN = 40;

    private GroupIds() {}

    static String require(String group) {
        if (MessageTable.isUsable(group)) {
            return group;
        }
        String shown = group.length() > SHOWN ? group.substring(0, SHOWN) + "..." : group;
        throw new DynacogException.Usage(
                "'" + shown + "' is not a valid group ID", "list IDs: dynacog list-conversations HANDLE -o jsonl");
    }
}
