package dev.dynacog.local;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This machine's own addresses, as numbers: no name is looked up, no preference of the JVM's asked. */
final class Loopback {
    private Loopback() {}

    static InetAddress v4() {
        return address((byte) 127, (byte) 0, (byte) 0, (byte) 1);
    }

    static InetAddress v6() {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        return address(bytes);
    }

    private static InetAddress address(byte... bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
