package dev.dynacog.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationFolderTest {
    private Path folder = Path.of("");

    @BeforeEach
    void take(@TempDir Path fresh) {
        folder = fresh;
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** Defect 21. */
    @Test
    void migrationsAreInTheOrderOfTheirNumbersWhateverTheFolderSays() throws IOException {
        for (String name : new String[] {"10_c", "2_b", "0001_a", "20261120_d"}) {
            file(name + ".sql", "-- up\nselect 1;");
        }
        file("README.md", "not one");
        assertThat(MigrationFolder.read(folder).migrations())
                .extracting(Migration::title)
                .containsExactly("0001_a", "0002_b", "0010_c", "20261120_d");
    }

    @Test
    void thePartsKeepTheLinesOfTheFile() throws IOException {
        file("1_a.sql", "-- why\n-- up\nselect 1;\n\nselect 2\n-- DOWN\nselect 3;");
        Migration migration = MigrationFolder.read(folder).migrations().get(0);
        assertThat(migration.up().statements())
                .containsExactly(new SqlStatement("select 1", 3), new SqlStatement("select 2", 5));
        assertThat(migration.down().orElseThrow().statements()).containsExactly(new SqlStatement("select 3", 7));
    }

    @Test
    void aMarkerInsideOfATextIsText() throws IOException {
        file("1_a.sql", "-- up\nselect $$\n-- down\n$$;\n");
        Migration migration = MigrationFolder.read(folder).migrations().get(0);
        assertThat(migration.up().statements()).hasSize(1);
        assertThat(migration.down()).isEmpty();
    }

    @Test
    void onlyTheUpPartIsWhatAChangeIsNoticedBy() throws IOException {
        file("1_a.sql", "-- up\nselect 1;\n-- down\nselect 2;");
        String before =
                MigrationFolder.read(folder).migrations().get(0).checksums().current();
        file("1_a.sql", "-- a remark\r\n-- up\r\nselect 1;\r\n-- down\r\nselect 3;");
        assertThat(MigrationFolder.read(folder).migrations().get(0).checksums().current())
                .isEqualTo(before);
        file("1_a.sql", "-- up\nselect 5;\n-- down\nselect 2;");
        assertThat(MigrationFolder.read(folder).migrations().get(0).checksums().current())
                .isNotEqualTo(before);
    }

    @Test
    void aChangeOfLineEndsIsNoChange() throws IOException {
        String text = "-- up\ncreate table a (\n  b int\n);\n-- down\ndrop table a;\n";
        file("1_a.sql", text);
        Migration before = MigrationFolder.read(folder).migrations().get(0);
        for (String lineEnd : new String[] {"\r\n", "\r"}) {
            file("1_a.sql", text.replace("\n", lineEnd));
            Migration after = MigrationFolder.read(folder).migrations().get(0);
            assertThat(after.checksums().match(before.checksums().current())).isTrue();
            assertThat(after.up().statements()).hasSize(1);
            assertThat(after.down().orElseThrow().statements()).containsExactly(new SqlStatement("drop table a", 6));
        }
        file("1_a.sql", text.replace("b int", "c int"));
        assertThat(MigrationFolder.read(folder)
                        .migrations()
                        .get(0)
                        .checksums()
                        .match(before.checksums().current()))
                .isFalse();
    }

    /** A carriage return inside of a line counted once. */
    @Test
    void whatWasNotedBeforeLineEndsWereAllTheSameIsStillValid() throws IOException {
        file("1_a.sql", "-- up\nselect 1;\rselect 2;\n");
        Migration.Checksums checksums =
                MigrationFolder.read(folder).migrations().get(0).checksums();
        assertThat(checksums.earlier())
                .isEqualTo("27c24c68bceb0c6f01df05e61e9af425a5ce8c22f9dffad1525e25a4e0c382b8")
                .isNotEqualTo(checksums.current());
        assertThat(checksums.match(checksums.earlier())).isTrue();
    }

    @Test
    void noTransactionStandsAtTheHead() throws IOException {
        file("1_a.sql", "-- No Transaction\n-- up\nselect 1;\n");
        assertThat(MigrationFolder.read(folder).migrations().get(0).inTransaction())
                .isFalse();
        file("1_a.sql", "-- up\nselect '-- no transaction';\n");
        assertThat(MigrationFolder.read(folder).migrations().get(0).inTransaction())
                .isTrue();
        file("1_a.sql", "-- up\n-- no transaction\nselect 1;\n");
        assertThatThrownBy(() -> MigrationFolder.read(folder))
                .hasMessageContaining("1_a.sql:2: '-- no transaction' stands below '-- up'");
    }

    @Test
    void whatIsNoMigrationIsNamed() throws IOException {
        file("1_a.sql", "select 1;");
        assertThatThrownBy(() -> MigrationFolder.read(folder)).hasMessageContaining("has no line '-- up'");
        file("1_a.sql", "select 1;\n-- up\n");
        assertThatThrownBy(() -> MigrationFolder.read(folder)).hasMessageContaining("1_a.sql:1: a statement stands");
        file("1_a.sql", "-- down\n-- up\n");
        assertThatThrownBy(() -> MigrationFolder.read(folder)).hasMessageContaining("'-- down' before '-- up'");
        file("1_a.sql", "-- up\n-- up\n");
        assertThatThrownBy(() -> MigrationFolder.read(folder)).hasMessageContaining("1_a.sql:2: a second '-- up'");
        file("1_a.sql", "-- up\n");
        file("01_b.sql", "-- up\n");
        assertThatThrownBy(() -> MigrationFolder.read(folder)).hasMessageContaining("have the same number");
        file("01_b.sql", "-- up\n");
        file("add_bio.sql", "-- up\n");
        assertThatThrownBy(() -> MigrationFolder.read(folder)).hasMessageContaining("is not a migration file name");
    }

    @Test
    void theShippedOnesAreThere() {
        assertThat(MigrationFolder.shipped().migrations())
                .allSatisfy(migration -> assertThat(migration.down()).isPresent())
                .extracting(Migration::title)
                .containsExactly("0001_unique_users", "0002_activity_references", "0003_utc_defaults");
    }
}
