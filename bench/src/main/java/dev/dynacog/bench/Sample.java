package dev.dynacog.bench;

import java.util.List;

/** What was measured of one thing, several times. */
record Sample(List<Double> sorted) {
    Sample {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    boolean isOne() {
        return sorted.size() == 1;
    }

    static Sample of(List<Double> values) {
        return new Sample(values.stream().sorted().toList());
    }

    double median() {
        return quantile(0.5);
    }

    double lowerQuartile() {
        return quantile(0.25);
    }

    double upperQuartile() {
        return quantile(0.75);
    }

    /** Between two values, in proportion: the definition that R and NumPy use unless told otherwise. */
    private double quantile(double share) {
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }
}
