package dev.dynacog.bench;

/** What is made of milliseconds: shown as they are where start-up counts, as work done in a second where work does. */
interface Yardstick {
    String unit();

    /** So many milliseconds in the unit. */
    String shownMillis(double millis);

    /** Median and quartiles, the lower first; of one value that alone. */
    default String shown(Sample millis) {
        String median = shownMillis(millis.median());
        return millis.isOne() ? median : median + " (" + quartiles(millis) + ")";
    }

    String quartiles(Sample millis);

    double ratio(Sample millis, Sample rival);

    String shown(double ratio);

    String goal(double goal, double reached);

    /** For commands that are over at once: the smaller the better. */
    record Time() implements Yardstick {
        @Override
        public String unit() {
            return "ms";
        }

        @Override
        public String shownMillis(double millis) {
            return "%,.0f".formatted(millis);
        }

        @Override
        public String quartiles(Sample millis) {
            return shownMillis(millis.lowerQuartile()) + "–" + shownMillis(millis.upperQuartile());
        }

        @Override
        public double ratio(Sample millis, Sample rival) {
            return millis.median() / rival.median();
        }

        @Override
        public String shown(double ratio) {
            return "%.2f".formatted(ratio);
        }

        @Override
        public String goal(double goal, double reached) {
            return "≤ %.2f %s".formatted(goal, reached <= goal ? "met" : "missed");
        }
    }

    /** For commands that go on for as long as there is work: the larger the better. */
    record Rate(int amount) implements Yardstick {
        @Override
        public String unit() {
            return "per second";
        }

        @Override
        public String shownMillis(double millis) {
            return "%,.0f".formatted(amount * 1000L / millis);
        }

        @Override
        public String quartiles(Sample millis) {
            return shownMillis(millis.upperQuartile()) + "–" + shownMillis(millis.lowerQuartile());
        }

        @Override
        public double ratio(Sample millis, Sample rival) {
            return rival.median() / millis.median();
        }

        @Override
        public String shown(double ratio) {
            return "%.1f ×".formatted(ratio);
        }

        @Override
        public String goal(double goal, double reached) {
            return "≥ %.0f × %s".formatted(goal, reached >= goal ? "met" : "missed");
        }
    }
}
