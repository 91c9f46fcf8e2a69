package dev.dynacog.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/** The source that is written for one annotated class. */
final class ArgumentsClass {
    private static final Set<String> OF_COMMANDS =
            Set.of("name", "header", "description", "footer", "synopsisSubcommandLabel", "versionProvider");

    private static final String SESSION = "dev.dynacog.cli.Session";

    private final TypeElement type;
    private final ProcessingEnvironment environment;
    private final Optional<Annotated> command;
    private final List<String> statements = new ArrayList<>();
    private final List<Argument> bound = new ArrayList<>();

    ArgumentsClass(TypeElement type, ProcessingEnvironment environment) {
        this.type = type;
        this.environment = environment;
        this.command = Annotated.of(type, Command.class, OF_COMMANDS);
        command.ifPresent(this::describe);
        fields(type).forEach(this::add);
    }

    TypeElement type() {
        return type;
    }

    String name() {
        return packageName() + "." + simpleName();
    }

    private String packageName() {
        return environment
                .getElementUtils()
                .getPackageOf(type)
                .getQualifiedName()
                .toString();
    }

    private String simpleName() {
        return type.getSimpleName() + "Arguments";
    }

    /** Those of the classes above first, as picocli reads them. */
    private static List<VariableElement> fields(TypeElement type) {
        List<VariableElement> fields = new ArrayList<>();
        if (type.getSuperclass() instanceof DeclaredType above && above.getKind() == TypeKind.DECLARED) {
            fields.addAll(fields((TypeElement) above.asElement()));
        }
        fields.addAll(ElementFilter.fieldsIn(type.getEnclosedElements()));
        return fields;
    }

    private void describe(Annotated annotation) {
        if (annotation.has("name")) {
            statements.add("spec.name(" + annotation.expression("name") + ");");
        }
        if (annotation.has("versionProvider")) {
            statements.add("spec.versionProvider(new "
                    + annotation.expression("versionProvider").replaceFirst("\\.class$", "") + "());");
        }
        for (String text : List.of("header", "description", "footer", "synopsisSubcommandLabel")) {
            if (annotation.has(text)) {
                statements.add("spec.usageMessage()." + text + "(" + annotation.expression(text) + ");");
            }
        }
    }

    private void add(VariableElement field) {
        String name = field.getSimpleName().toString();
        if (field.getAnnotation(Spec.class) != null) {
            statements.add("it." + name + " = spec;");
        }
        if (field.getAnnotation(Mixin.class) != null) {
            String mixin = ((DeclaredType) field.asType()).asElement().toString();
            if (!field.getModifiers().contains(Modifier.FINAL)) {
                statements.add("it." + name + " = new " + mixin + "();");
            }
            statements.add("spec.addMixin(\"" + name + "\", " + mixin + "Arguments.of(it." + name + "));");
        }
        Argument.of(field, environment.getTypeUtils()).ifPresent(argument -> {
            statements.add(argument.statement(bound.size()));
            bound.add(argument);
        });
    }

    String source() {
        StringBuilder source = new StringBuilder();
        source.append("package ").append(packageName()).append(";\n\n");
        source.append("""
                import picocli.CommandLine.Model.CommandSpec;
                import picocli.CommandLine.Model.IGetter;
                import picocli.CommandLine.Model.ISetter;
                import picocli.CommandLine.Model.OptionSpec;
                import picocli.CommandLine.Model.PositionalParamSpec;
                import picocli.CommandLine.Range;

                """);
        source.append("/** What the annotations of {@link ")
                .append(type.getSimpleName())
                .append("} say. */\n");
        source.append("@org.jspecify.annotations.NullUnmarked\n");
        source.append("public final class ").append(simpleName());
        Optional<String> made = command.flatMap(any -> maker());
        made.ifPresent(any -> source.append(" implements dev.dynacog.cli.CommandSource"));
        source.append(" {\n");
        made.ifPresent(maker -> source.append(ofSource(maker)));
        source.append("    public static CommandSpec of(")
                .append(type.getSimpleName())
                .append(" it) {\n");
        source.append("        CommandSpec spec = CommandSpec.wrapWithoutInspection(it);\n");
        statements.forEach(
                statement -> source.append("        ").append(statement).append('\n'));
        source.append("        return spec;\n    }\n");
        if (!bound.isEmpty()) {
            source.append(fieldClass());
        }
        return source.append("}\n").toString();
    }

    private String ofSource(String maker) {
        String header = command.filter(it -> it.has("header"))
                .map(it -> it.expression("header"))
                .orElse("\"\"");
        return """
                    @Override
                    public String header() {
                        return %s;
                    }

                    @Override
                    public CommandSpec create(%s session) {
                        return of(%s);
                    }

                """.formatted(header, SESSION, maker).indent(0);
    }

    /** How a command is made of a session; nothing for one that only its owner can make. */
    private Optional<String> maker() {
        for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
            List<String> parameters = constructor.getParameters().stream()
                    .map(Element::asType)
                    .map(Object::toString)
                    .toList();
            if (parameters.isEmpty()) {
                return Optional.of("new " + type.getSimpleName() + "()");
            }
            if (parameters.equals(List.of(SESSION))) {
                return Optional.of("new " + type.getSimpleName() + "(session)");
            }
        }
        return Optional.empty();
    }

    /** One class for all fields, since each class takes time to load. */
    private String fieldClass() {
        StringBuilder gets = new StringBuilder();
        StringBuilder sets = new StringBuilder();
        for (int number = 0; number < bound.size(); number++) {
            Argument argument = bound.get(number);
            gets.append("                case %d: return it.%s;%n".formatted(number, argument.name()));
            sets.append("                case %d -> it.%s = (%s) given;%n"
                    .formatted(number, argument.name(), argument.castType()));
        }
        String suppression =
                bound.stream().anyMatch(Argument::isGeneric) ? "        @SuppressWarnings(\"unchecked\")\n" : "";
        return """

                    private record Field(%s it, int number) implements IGetter, ISetter {
                        @Override
                        @SuppressWarnings("unchecked")
                        public <T> T get() {
                            return (T) value();
                        }

                        private Object value() {
                            switch (number) {
                %s                default: throw new IllegalStateException();
                            }
                        }

                        @Override
                %s        public <T> T set(T value) {
                            T before = get();
                            Object given = value;
                            switch (number) {
                %s                default -> throw new IllegalStateException();
                            }
                            return before;
                        }
                    }
                """.formatted(type.getSimpleName(), gets, suppression, sets);
    }
}
