package dev.dynacog.dynamo.table;

import dev.dynacog.error.DynacogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Schemas from files and folders: all are read, and must be right, before anything is done with one. */
public final class SchemaFiles {
    private SchemaFiles() {}

    public static List<TableSchema> read(List<Path> paths) {
        Map<String, Path> byTable = new LinkedHashMap<>();
        List<TableSchema> schemas = new ArrayList<>();
        for (Path file : files(paths)) {
            TableSchema schema = TableSchema.read(file);
            Path other = byTable.putIfAbsent(schema.tableName(), file);
            if (other != null) {
                throw new DynacogException.Usage(
                        "table " + schema.tableName() + " stands in " + other + " and in " + file, "keep one of them");
            }
            schemas.add(schema);
        }
        return schemas;
    }

    private static List<Path> files(List<Path> paths) {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> entries = Files.list(path)) {
                List<Path> found = entries.filter(entry -> entry.toString().endsWith(".json"))
                        .filter(Files::isRegularFile)
                        .sorted()
                        .toList();
                if (found.isEmpty()) {
                    throw new DynacogException.NotFound("folder " + path + " has no .json file", "");
                }
                files.addAll(found);
            } catch (IOException e) {
                throw new DynacogException.Failed("folder " + path + " cannot be read: " + e.getMessage(), "", e);
            }
        }
        return files;
    }
}
