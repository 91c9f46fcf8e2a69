package dev.dynacog.compiler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/** Writes a class beside each one that has arguments: {@code ScanCommandArguments} beside {@code ScanCommand}. */
@SupportedAnnotationTypes({"picocli.CommandLine.Command", "picocli.CommandLine.Option", "picocli.CommandLine.Parameters"
})
public final class CommandProcessor extends AbstractProcessor {
    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement type : annotatedTypes(annotations, round)) {
            try {
                write(new ArgumentsClass(type, processingEnv));
            } catch (UnsupportedAnnotation e) {
                processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.getMessage(), e.element());
            }
        }
        return false;
    }

    private static Set<TypeElement> annotatedTypes(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Set<TypeElement> types = new LinkedHashSet<>();
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                Element owner = element instanceof TypeElement ? element : element.getEnclosingElement();
                // What an abstract class declares is written with those that extend it.
                if (owner instanceof TypeElement type && !type.getModifiers().contains(Modifier.ABSTRACT)) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    private void write(ArgumentsClass arguments) {
        try (Writer out = processingEnv
                .getFiler()
                .createSourceFile(arguments.name(), arguments.type())
                .openWriter()) {
            out.write(arguments.source());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
