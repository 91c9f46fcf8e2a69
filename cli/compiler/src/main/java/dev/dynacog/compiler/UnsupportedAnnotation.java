package dev.dynacog.compiler;

import javax.lang.model.element.Element;

/** Something that picocli knows and this compiler doesn't: better no build than an option that silently differs. */
final class UnsupportedAnnotation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Element element;

    UnsupportedAnnotation(Element element, String message) {
        super(message);
        this.element = element;
    }

    Element element() {
        return element;
    }
}
