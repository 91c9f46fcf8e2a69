package dev.dynacog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the distribution says about itself is what is in it. */
class SupplyChainIT {
    private static Path home;

    @BeforeAll
    static void unpack() throws IOException {
        home = Distribution.shared().home();
    }

    @ParameterizedTest
    @ValueSource(strings = {".tar.gz", ".zip"})
    void eachArchiveHasItsChecksumBesideIt(String ending) throws IOException {
        Path tar = Path.of(System.getProperty("dynacog.archive.file"));
        Path archive = tar.resolveSibling(tar.getFileName().toString().replace(".tar.gz", ending));
        assertThat(tar.resolveSibling(archive.getFileName() + ".sha256"))
                .content()
                .isEqualToIgnoringNewLines(sha256(archive) + "  " + archive.getFileName());
    }

    @Test
    void theSbomNamesEveryJarOfTheLocalServersByItsBytes() throws IOException {
        List<String> named = new ArrayList<>();
        for (JsonNode component : sbom("local-servers").path("components")) {
            for (JsonNode hash : component.path("hashes")) {
                if (hash.path("alg").asText().equals("SHA-256")) {
                    named.add(hash.path("content").asText());
                }
            }
        }
        List<String> delivered = new ArrayList<>();
        try (Stream<Path> jars = Files.list(home.resolve("lib/local"))) {
            // The servers themselves are what the SBOM is about.
            for (Path jar : jars.filter(jar -> !jar.getFileName().toString().startsWith("dynacog-local-"))
                    .toList()) {
                delivered.add(sha256(jar));
            }
        }
        assertThat(named).isNotEmpty().containsExactlyInAnyOrderElementsOf(delivered);
    }

    @Test
    void theSbomNamesWhatIsInTheToolsJar() throws IOException {
        List<String> named = new ArrayList<>();
        for (JsonNode component : sbom("dynacog").path("components")) {
            named.add(component.path("group").asText() + ":"
                    + component.path("name").asText());
        }
        assertThat(named)
                .contains(
                        "info.picocli:picocli",
                        "com.zaxxer:HikariCP",
                        "org.postgresql:postgresql",
                        "software.amazon.awssdk:dynamodb")
                .doesNotContain("software.amazon.dynamodb:DynamoDBLocal", "org.junit.jupiter:junit-jupiter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynacog", "local-servers"})
    void theSbomNamesALicenceForEveryLibrary(String name) throws IOException {
        for (JsonNode component : sbom(name).path("components")) {
            if (!component.path("group").asText().equals("dev.dynacog")) {
                assertThat(component.path("licenses"))
                        .describedAs(component.path("purl").asText())
                        .isNotEmpty();
            }
        }
    }

    private static JsonNode sbom(String name) throws IOException {
        JsonNode sbom = new ObjectMapper()
                .readTree(home.resolve("sbom/" + name + ".cdx.json").toFile());
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        return sbom;
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
