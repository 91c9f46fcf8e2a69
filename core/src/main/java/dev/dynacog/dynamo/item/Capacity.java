package dev.dynacog.dynamo.item;

import dev.dynacog.error.DynacogException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/** Capacity units that were, or would be, consumed. */
public record Capacity(double readUnits, double writeUnits) {
    public static final Capacity NONE = new Capacity(0, 0);

    /** What a unit costs on demand. Prices differ by region and time, so they are only ever called estimates. */
    private static final BigDecimal DOLLARS_PER_MILLION_READS = new BigDecimal("0.125");

    private static final BigDecimal DOLLARS_PER_MILLION_WRITES = new BigDecimal("0.625");
    private static final BigDecimal MILLION = new BigDecimal(1_000_000);

    /** What the prices are, for whoever reads the estimate. */
    public static final String PRICED = "on-demand price of us-east-1, November 2024";

    private static final int BYTES_PER_READ_UNIT = 4096;

    /** What a service says that it took to read; nothing where it doesn't say. */
    static Capacity reads(@Nullable ConsumedCapacity consumed) {
        return read(units(consumed));
    }

    /** What a service says that it took to write; nothing where it doesn't say. */
    static Capacity writes(@Nullable ConsumedCapacity consumed) {
        return write(units(consumed));
    }

    private static double units(@Nullable ConsumedCapacity consumed) {
        if (consumed == null || consumed.capacityUnits() == null) {
            return 0;
        }
        double units = consumed.capacityUnits();
        if (!Double.isFinite(units) || units < 0) {
            throw new DynacogException.Failed(
                    "the endpoint says that a request consumed " + units + " capacity units",
                    "that is impossible; check the endpoint: dynacog config show");
        }
        return units;
    }

    public static Capacity read(double units) {
        return new Capacity(units, 0);
    }

    public static Capacity write(double units) {
        return new Capacity(0, units);
    }

    /** What it takes to read so many bytes in eventually consistent pages. */
    public static Capacity toScan(long bytes) {
        return read(Math.ceil(bytes / (double) BYTES_PER_READ_UNIT) / 2);
    }

    public Capacity plus(Capacity other) {
        return new Capacity(readUnits + other.readUnits, writeUnits + other.writeUnits);
    }

    public BigDecimal dollars() {
        return BigDecimal.valueOf(readUnits)
                .multiply(DOLLARS_PER_MILLION_READS)
                .add(BigDecimal.valueOf(writeUnits).multiply(DOLLARS_PER_MILLION_WRITES))
                .divide(MILLION, 6, RoundingMode.HALF_UP);
    }
}
