package dev.dynacog.bench;

import java.util.Locale;

/** What is made of milliseconds: shown as they are where start-up counts, as work done in a second where work does. */
interface Yardstick {
    String unit();

    /** Median and quartiles. */
    String shown(Sample millis);

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
        public String shown(Sample millis) {
            return "%.0f (%.0f–%.0f)".formatted(millis.median(), millis.lowerQuartile(), millis.upperQuartile());
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
        public String shown(Sample millis) {
            return "%s (%s–%s)"
                    .formatted(
                            perSecond(millis.median()),
                            perSecond(millis.upperQuartile()),
                            perSecond(millis.lowerQuartile()));
        }

        private String perSecond(double millis) {
            return String.format(Locale.ROOT, "%,.0f", amount * 1000L / millis);
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
