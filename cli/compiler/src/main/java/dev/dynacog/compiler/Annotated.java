package dev.dynacog.compiler;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** What one annotation says, as Java expressions. */
final class Annotated {
    private final Map<String, AnnotationValue> values = new TreeMap<>();

    private Annotated(Element element, AnnotationMirror mirror, Set<String> known) {
        mirror.getElementValues().forEach((attribute, value) -> {
            String name = attribute.getSimpleName().toString();
            if (!known.contains(name)) {
                throw new UnsupportedAnnotation(
                        element, "dynacog's command compiler doesn't know " + name + " of " + mirror + ": teach it");
            }
            values.put(name, value);
        });
    }

    /** The annotation of this type on the element, if it has one; attributes that aren't known stop the build. */
    static Optional<Annotated> of(Element element, Class<? extends Annotation> type, Set<String> known) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            TypeElement declared = (TypeElement) mirror.getAnnotationType().asElement();
            if (declared.getQualifiedName().contentEquals(type.getCanonicalName())) {
                return Optional.of(new Annotated(element, mirror, known));
            }
        }
        return Optional.empty();
    }

    boolean has(String attribute) {
        return values.containsKey(attribute);
    }

    /** The value as it would be written in Java; of several, separated by commas. */
    String expression(String attribute) {
        AnnotationValue value = values.get(attribute);
        if (value == null) {
            throw new IllegalArgumentException(attribute);
        }
        return expression(value);
    }

    private static String expression(AnnotationValue value) {
        if (value.getValue() instanceof List<?> several) {
            return String.join(
                    ", ",
                    several.stream().map(it -> expression((AnnotationValue) it)).toList());
        }
        if (value.getValue() instanceof VariableElement constant) {
            return constant.getEnclosingElement() + "." + constant.getSimpleName();
        }
        return value.toString();
    }
}
