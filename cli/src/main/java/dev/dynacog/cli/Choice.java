package dev.dynacog.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One of some words, in any case; a mistake is answered with the words as they are typed, not as they are in Java. */
final class Choice<T> implements ITypeConverter<T> {
    private final List<T> values;

    Choice(T[] values) {
        this.values = List.of(values);
    }

    @Override
    public T convert(String word) {
        return values.stream()
                .filter(value -> value.toString().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is none of "
                        + values.stream().map(Object::toString).collect(Collectors.joining(", "))));
    }
}
