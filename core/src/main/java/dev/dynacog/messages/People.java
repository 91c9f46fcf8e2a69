package dev.dynacog.messages;

import dev.dynacog.config.Nearest;
import dev.dynacog.error.DynacogException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Where people are looked up by their handles: exactly, in upper and lower case too. */
public interface People {
    /**
     * What a look-up brought.
     *
     * @param found everybody with one of the handles asked for; a handle can be there twice
     * @param similar handles that may have been meant by a missing one
     */
    record Lookup(List<Person> found, List<String> similar) {}

    /** People who were asked for, each of whom is there. */
    record Found(Map<String, Person> byHandle) {
        public Person of(String handle) {
            Person person = byHandle.get(handle);
            if (person == null) {
                throw new IllegalArgumentException(handle + " was not asked for");
            }
            return person;
        }
    }

    Lookup lookUp(Collection<String> handles);

    /** Where that is, for a message: "public.users of cruddur on localhost". */
    String place();

    /** What to do about somebody who is missing there. */
    String remedy();

    /** All of them, or a failure that names everybody who is missing or there twice. */
    default Found require(Collection<String> handles) {
        Collection<String> asked = new LinkedHashSet<>(handles);
        Lookup lookup = lookUp(asked);
        Map<String, Person> byHandle = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String handle : asked) {
            List<Person> persons = lookup.found().stream()
                    .filter(person -> person.handle().equals(handle))
                    .toList();
            if (persons.size() == 1) {
                byHandle.put(handle, persons.get(0));
            } else if (persons.isEmpty()) {
                wrong.add(handle
                        + lookup.similar().stream()
                                .filter(handle::equalsIgnoreCase)
                                .findFirst()
                                .map(similar -> " (there is " + similar + ", which differs in case)")
                                .or(() -> Nearest.to(handle, lookup.similar())
                                        .map(similar -> " (did you mean " + similar + "?)"))
                                .orElse(""));
            } else {
                wrong.add(handle + " (there " + persons.size() + " times: "
                        + String.join(", ", persons.stream().map(Person::uuid).toList()) + ")");
            }
        }
        if (!wrong.isEmpty()) {
            throw new DynacogException.NotFound("not found in " + place() + ": " + String.join(", ", wrong), remedy());
        }
        return new Found(byHandle);
    }
}
