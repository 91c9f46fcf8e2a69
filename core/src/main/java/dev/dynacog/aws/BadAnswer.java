package dev.dynacog.aws;

import java.io.IOException;

/** What is at the other end answered as no service does. The message goes on after the name of the endpoint. */
final class BadAnswer extends IOException {
    private static final long serialVersionUID = 1;

    BadAnswer(String what) {
        super(what);
    }
}
