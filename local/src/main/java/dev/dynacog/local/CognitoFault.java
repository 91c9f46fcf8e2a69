package dev.dynacog.local;

/** A refusal, as the service words its own: a type that programs know, and a message. */
final class CognitoFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    CognitoFault(String type, String message) {
        super(message);
        this.type = type;
    }

    static CognitoFault invalid(String message) {
        return new CognitoFault("InvalidParameterException", message);
    }

    static CognitoFault noUser() {
        return new CognitoFault("UserNotFoundException", "User does not exist.");
    }

    static CognitoFault notFound(String message) {
        return new CognitoFault("ResourceNotFoundException", message);
    }

    String type() {
        return type;
    }
}
