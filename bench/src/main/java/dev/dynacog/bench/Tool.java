package dev.dynacog.bench;

/** Who does the work. */
enum Tool {
    DYNACOG("dynacog"),
    BOTO3("boto3"),
    PYTHON("boto3 + psycopg"),
    AWS_CLI("AWS CLI"),
    DYNEIN("dynein");

    private final String shown;

    Tool(String shown) {
        this.shown = shown;
    }

    String shown() {
        return shown;
    }
}
