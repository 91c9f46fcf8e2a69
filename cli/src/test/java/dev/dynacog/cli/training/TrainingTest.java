package dev.dynacog.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynacog.cli.Dynacog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TrainingTest {
    /** A command that isn't trained starts at half the speed of the others. */
    @Test
    void everyCommandIsTrained() {
        List<String> trained = Training.all().stream()
                .map(arguments -> String.join(" ", arguments) + " ")
                .toList();

        assertThat(leaves("", Dynacog.wholeTree()))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(trained).anyMatch(line -> line.startsWith(command)));
    }

    private static List<String> leaves(String path, CommandLine command) {
        List<String> leaves = new ArrayList<>();
        command.getSubcommands().forEach((name, child) -> {
            String childPath = path + name + " ";
            if (child.getSubcommands().isEmpty()) {
                leaves.add(childPath);
            } else {
                leaves.addAll(leaves(childPath, child));
            }
        });
        return leaves;
    }
}
