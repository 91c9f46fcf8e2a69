package dev.dynacog.compiler;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A field that is set from the command line. */
final class Argument {
    private static final Set<String> OF_BOTH =
            Set.of("paramLabel", "description", "arity", "defaultValue", "scope", "split", "hidden");
    private static final Set<String> OF_OPTIONS = Set.of("names", "required", "usageHelp", "versionHelp");
    private static final Set<String> OF_PARAMETERS = Set.of("index");

    private final VariableElement field;
    private final boolean option;
    private final Annotated annotation;
    private final Types types;

    private Argument(VariableElement field, boolean option, Annotated annotation, Types types) {
        if (field.getModifiers().contains(Modifier.PRIVATE)) {
            throw new UnsupportedAnnotation(field, "what sets " + field + " is generated: it must not be private");
        }
        this.field = field;
        this.option = option;
        this.annotation = annotation;
        this.types = types;
    }

    static Optional<Argument> of(VariableElement field, Types types) {
        Optional<Argument> asOption = Annotated.of(field, Option.class, union(OF_OPTIONS))
                .map(annotation -> new Argument(field, true, annotation, types));
        return asOption.or(() -> Annotated.of(field, Parameters.class, union(OF_PARAMETERS))
                .map(annotation -> new Argument(field, false, annotation, types)));
    }

    private static Set<String> union(Set<String> special) {
        Set<String> all = new TreeSet<>(OF_BOTH);
        all.addAll(special);
        return all;
    }

    String name() {
        return field.getSimpleName().toString();
    }

    /** The field's type as a cast needs it. */
    String castType() {
        return source(field.asType(), false);
    }

    boolean isGeneric() {
        return field.asType() instanceof DeclaredType declared
                && !declared.getTypeArguments().isEmpty();
    }

    /** The statement that adds it to the command, bound to the field with this number. */
    String statement(int number) {
        StringBuilder builder = new StringBuilder(
                option
                        ? "spec.addOption(OptionSpec.builder(" + annotation.expression("names") + ")"
                        : "spec.addPositional(PositionalParamSpec.builder()");
        builder.append(".type(").append(source(field.asType(), true)).append(".class)");
        List<? extends TypeMirror> elements =
                field.asType() instanceof DeclaredType declared ? declared.getTypeArguments() : List.of();
        if (!elements.isEmpty()) {
            builder.append(".auxiliaryTypes(")
                    .append(String.join(
                            ", ",
                            elements.stream()
                                    .map(it -> source(it, true) + ".class")
                                    .toList()))
                    .append(")");
        }
        builder.append(".paramLabel(")
                .append(annotation.has("paramLabel") ? annotation.expression("paramLabel") : "\"<" + name() + ">\"")
                .append(")");
        copy("description", "description", builder);
        copy("defaultValue", "defaultValue", builder);
        copy("scope", "scopeType", builder);
        copy("split", "splitRegex", builder);
        copy("hidden", "hidden", builder);
        copy("required", "required", builder);
        copy("usageHelp", "usageHelp", builder);
        copy("versionHelp", "versionHelp", builder);
        copy("index", "index", builder);
        copy("arity", "arity", builder);
        if (!option) {
            if (!annotation.has("arity") && !elements.isEmpty()) {
                builder.append(".arity(Range.valueOf(\"0..1\").unspecified(true))");
            }
            builder.append(".required(").append(isRequired(!elements.isEmpty())).append(")");
        }
        builder.append(".initialValue(it.").append(name()).append(")");
        builder.append(".getter(new Field(it, ").append(number).append("))");
        builder.append(".setter(new Field(it, ").append(number).append("))");
        return builder.append(".build());").toString();
    }

    private boolean isRequired(boolean multiple) {
        if (!annotation.has("arity")) {
            return !multiple;
        }
        return !annotation.expression("arity").startsWith("\"0");
    }

    private void copy(String attribute, String method, StringBuilder builder) {
        if (annotation.has(attribute)) {
            builder.append('.')
                    .append(method)
                    .append('(')
                    .append(annotation.expression(attribute))
                    .append(')');
        }
    }

    /** Without the annotations that a type may carry. */
    private String source(TypeMirror type, boolean erased) {
        if (!(type instanceof DeclaredType declared)) {
            return types.erasure(type).getKind().name().toLowerCase(Locale.ROOT);
        }
        String name = ((TypeElement) declared.asElement()).getQualifiedName().toString();
        if (erased || declared.getTypeArguments().isEmpty()) {
            return name;
        }
        return name + "<"
                + String.join(
                        ", ",
                        declared.getTypeArguments().stream()
                                .map(it -> source(it, false))
                                .toList())
                + ">";
    }
}
