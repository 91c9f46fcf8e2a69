package dev.dynacog.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells a host that can only be on this machine or its own network from one that may be anybody's. It goes by the
 * name alone: looking the name up would ask the network.
 */
final class Hosts {
    private static final Pattern DOTTED_QUAD = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private Hosts() {}

    /** True for loopback and private addresses, and for names of one label, as compose files and clusters give them. */
    static boolean isNear(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        if (name.contains(":")) {
            return isNearIpv6(name);
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.endsWith(".localhost")) {
            return true;
        }
        var quad = DOTTED_QUAD.matcher(name);
        if (quad.matches()) {
            int first = Integer.parseInt(quad.group(1));
            int second = Integer.parseInt(quad.group(2));
            return first == 127
                    || first == 10
                    || (first == 172 && second >= 16 && second <= 31)
                    || (first == 192 && second == 168);
        }
        // A bare number is an address too (2130706433 is 127.0.0.1, 134744072 is 8.8.8.8), so a label has a letter
        // first.
        return !name.isEmpty() && !name.contains(".") && Character.isLetter(name.charAt(0));
    }

    private static boolean isNearIpv6(String address) {
        String withoutZone = address.contains("%") ? address.substring(0, address.indexOf('%')) : address;
        return withoutZone.equals("::1")
                || withoutZone.equals("0:0:0:0:0:0:0:1")
                || withoutZone.matches("f[cd][0-9a-f]{2}:.*")
                || withoutZone.matches("fe[89ab][0-9a-f]:.*");
    }
}
