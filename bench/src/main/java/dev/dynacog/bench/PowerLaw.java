package dev.dynacog.bench;

import java.util.Map;

/** How cost grows with size: least squares of a line through the logarithms of both. */
final class PowerLaw {
    private PowerLaw() {}

    /** 1 is linear; below it a start-up is spread over more, above it something grows worse than the size. */
    static double exponent(Map<Integer, Double> costBySize) {
        if (costBySize.size() < 2) {
            throw new IllegalArgumentException("a line needs two points");
        }
        double sizes = 0;
        double costs = 0;
        for (Map.Entry<Integer, Double> point : costBySize.entrySet()) {
            sizes += Math.log(point.getKey());
            costs += Math.log(point.getValue());
        }
        double meanSize = sizes / costBySize.size();
        double meanCost = costs / costBySize.size();
        double together = 0;
        double alone = 0;
        for (Map.Entry<Integer, Double> point : costBySize.entrySet()) {
            double size = Math.log(point.getKey()) - meanSize;
            together += size * (Math.log(point.getValue()) - meanCost);
            alone += size * size;
        }
        return together / alone;
    }
}
