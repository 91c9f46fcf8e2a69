package dev.dynacog.seed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dynacog.error.DynacogException;
import dev.dynacog.files.BoundedJson;
import dev.dynacog.files.PlainFile;
import dev.dynacog.messages.MessageTable;
import dev.dynacog.messages.People;
import dev.dynacog.messages.Person;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** People from a JSON list of {@code {"uuid", "handle", "display_name"}}, for where there is no Postgres. */
public final class PeopleFile implements People {
    /** Half a million people. */
    private static final BoundedJson BOUNDS = new BoundedJson(64, 64 << 20);

    private static final JsonFactory FACTORY = BOUNDS.factory().build();

    private final Path file;
    private final List<Person> people;

    private PeopleFile(Path file, List<Person> people) {
        this.file = file;
        this.people = people;
    }

    public static PeopleFile read(Path file) {
        List<Person> people = new ArrayList<>();
        try (JsonParser json = FACTORY.createParser(
                new InputStreamReader(PlainFile.open(file), StandardCharsets.UTF_8.newDecoder()))) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw wrong(file, json, "a list [...] is expected");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                people.add(person(file, json));
            }
            if (json.currentToken() != JsonToken.END_ARRAY) {
                throw wrong(file, json, "an object {...} is expected");
            }
        } catch (NoSuchFileException e) {
            throw new DynacogException.NotFound("there is no file " + file, "");
        } catch (JacksonException e) {
            throw new DynacogException.Usage(file + line(e) + ": it " + BOUNDS.objection(e), "");
        } catch (IOException e) {
            throw new DynacogException.Failed(file + " cannot be read: " + e.getMessage(), "", e);
        }
        return new PeopleFile(file, people);
    }

    /** Where; a bound that is passed has no place. */
    private static String line(JacksonException failure) {
        return failure.getLocation() == null ? "" : ":" + failure.getLocation().getLineNr();
    }

    private static Person person(Path file, JsonParser json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                texts.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
        String uuid = texts.getOrDefault("uuid", "");
        String handle = texts.getOrDefault("handle", "");
        if (uuid.isEmpty() || handle.isEmpty()) {
            throw wrong(file, json, "an entry without uuid or handle");
        }
        if (!MessageTable.isUsable(uuid)) {
            throw wrong(file, json, "an invalid uuid");
        }
        return new Person(uuid, handle, texts.getOrDefault("display_name", handle));
    }

    private static DynacogException.Usage wrong(Path file, JsonParser json, String what) {
        return new DynacogException.Usage(
                file + ":" + json.currentLocation().getLineNr() + ": " + what,
                "a list of people looks like [{\"uuid\": \"...\", \"handle\": \"...\", \"display_name\": \"...\"}]");
    }

    @Override
    public Lookup lookUp(Collection<String> handles) {
        List<Person> found = people.stream()
                .filter(person -> handles.contains(person.handle()))
                .toList();
        List<String> similar = people.stream().map(Person::handle).distinct().toList();
        return new Lookup(found, similar);
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public String remedy() {
        return "add them to the file";
    }
}
