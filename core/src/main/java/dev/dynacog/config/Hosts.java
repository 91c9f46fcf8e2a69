package dev.dynacog.config;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tells a host that is this machine, or in the very network of one of its interfaces (a container's is), from one that
 * may be anybody's. A name is judged by all the addresses that it has now; one that has none is not near.
 */
final class Hosts {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern LOOPBACK =
            Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}|\\[?[0-9a-f.]*:[0-9a-f:.]*\\]?");

    private final Supplier<List<Network>> networks;
    private final Lookup lookup;

    Hosts(Supplier<List<Network>> networks, Lookup lookup) {
        this.networks = networks;
        this.lookup = lookup;
    }

    static Hosts ofThisMachine() {
        return new Hosts(Hosts::ownNetworks, InetAddress::getAllByName);
    }

    /** Finds the addresses of a name. */
    interface Lookup {
        InetAddress[] all(String name) throws UnknownHostException;
    }

    /** A network that this machine is part of, and its own address there. */
    record Network(InetAddress own, int prefix) {
        boolean contains(InetAddress other) {
            byte[] mine = own.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length || prefix < 0 || prefix > mine.length * 8) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 1 << (7 - bit % 8);
                if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * What was found out about a host.
     *
     * @param addresses what a name had when it was judged; empty where the name says enough
     */
    record Judgement(boolean near, List<InetAddress> addresses) {}

    /** Whether requests to that host can't leave this machine: an address of loopback, or the one name for it. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost")) {
            return true;
        }
        // Only what is an address: anything else would be looked up, and somebody's name server could say what it
        // likes.
        if (!LOOPBACK.matcher(name).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(name).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    Judgement judge(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (isLoopback(name)) {
            return new Judgement(true, List.of());
        }
        if (name.isEmpty()) {
            return new Judgement(false, List.of());
        }
        List<InetAddress> addresses = addresses(name);
        return new Judgement(!addresses.isEmpty() && addresses.stream().allMatch(this::isNear), addresses);
    }

    /** A resolver that doesn't answer must not hold up a command that may not even go there. */
    private List<InetAddress> addresses(String name) {
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> lookup.all(name));
        Thread thread = new Thread(task, "resolve");
        thread.setDaemon(true);
        thread.start();
        try {
            return List.of(task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private boolean isNear(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return true;
        }
        for (Network network : networks.get()) {
            if (network.own().equals(address) || (isPrivate(address) && network.contains(address))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrivate(InetAddress address) {
        if (address instanceof Inet6Address) {
            boolean uniqueLocal = (address.getAddress()[0] & 0xfe) == 0xfc;
            return uniqueLocal || address.isLinkLocalAddress();
        }
        return address.isSiteLocalAddress() || address.isLinkLocalAddress();
    }

    static List<Network> ownNetworks() {
        List<Network> networks = new ArrayList<>();
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (one.isUp() && !isTunnel(one)) {
                    for (InterfaceAddress address : one.getInterfaceAddresses()) {
                        networks.add(new Network(address.getAddress(), address.getNetworkPrefixLength()));
                    }
                }
            }
        } catch (IOException e) {
            // No network is known to be near then.
            return List.of();
        }
        return networks;
    }

    /** What is behind a VPN is somewhere else, also when its addresses look like neighbours. */
    private static boolean isTunnel(NetworkInterface one) throws IOException {
        String name = one.getName().toLowerCase(Locale.ROOT);
        return one.isPointToPoint()
                || Files.exists(Path.of("/sys/class/net", one.getName(), "tun_flags"))
                || name.matches("(tun|tap|wg|utun|ppp|ipsec|zt|tailscale|cscotun|gpd|nordlynx).*");
    }
}
