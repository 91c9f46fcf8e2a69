package dev.dynacog.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class RdsTokenTest {
    private static final String HOST = "db.abc.eu-west-1.rds.amazonaws.com";

    @Test
    void theTokenIsARequestToConnectSignedForAQuarterOfAnHour() throws GeneralSecurityException {
        String token = RdsToken.make(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")),
                "eu-west-1",
                HOST,
                5432,
                "app user");
        assertThat(token).startsWith(HOST + ":5432/?").doesNotContain("secret");
        Map<String, String> query = Arrays.stream(
                        token.substring(token.indexOf('?') + 1).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        assertThat(query)
                .containsEntry("Action", "connect")
                .containsEntry("DBUser", "app%20user")
                .containsEntry("X-Amz-Expires", "900")
                .containsEntry("X-Amz-SignedHeaders", "host");
        assertThat(query.get("X-Amz-Signature")).isEqualTo(signature(query));
    }

    /** Signature version 4, by its own description. */
    private static String signature(Map<String, String> query) throws GeneralSecurityException {
        String at = String.valueOf(query.get("X-Amz-Date"));
        String day = at.substring(0, 8);
        String scope = day + "/eu-west-1/rds-db/aws4_request";
        String canonicalQuery = query.entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("X-Amz-Signature"))
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .sorted()
                .collect(Collectors.joining("&"));
        String request = "GET\n/\n" + canonicalQuery + "\nhost:" + HOST + ":5432\n\nhost\n" + sha256("");
        String toSign = "AWS4-HMAC-SHA256\n" + at + "\n" + scope + "\n" + sha256(request);
        byte[] key = "AWS4secret".getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
