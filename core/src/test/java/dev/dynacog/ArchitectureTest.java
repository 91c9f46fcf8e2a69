package dev.dynacog;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who alone knows what. */
@AnalyzeClasses(
        packages = "dev.dynacog",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTheStack.class})
class ArchitectureTest {
    /** The local stack is a program of its own, which is here for the tests alone. */
    static final class WithoutTheStack implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/dev/dynacog/local/");
        }
    }

    private static ArchRule only(String[] knowers, String... known) {
        return noClasses()
                .that(resideInAPackage("dev.dynacog..").and(not(resideInAnyPackage(knowers))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(known);
    }

    private static String[] packages(String... names) {
        return names;
    }

    @ArchTest
    static final ArchRule dynamoAloneKnowsTheDynamoDbSdk =
            only(packages("dev.dynacog.dynamo..", "dev.dynacog.aws"), "software.amazon.awssdk.services.dynamodb..");

    @ArchTest
    static final ArchRule cognitoAloneKnowsTheCognitoSdk = only(
            packages("dev.dynacog.cognito", "dev.dynacog.aws"),
            "software.amazon.awssdk.services.cognitoidentityprovider..");

    @ArchTest
    static final ArchRule postgresAloneConnects =
            only(packages("dev.dynacog.postgres"), "com.zaxxer..", "org.postgresql..");

    @ArchTest
    static final ArchRule postgresAndTheIdSyncAloneSpeakJdbc =
            only(packages("dev.dynacog.postgres", "dev.dynacog.idsync"), "java.sql..");

    /** The rules of the sync are no part of the database. */
    @ArchTest
    static final ArchRule nothingInCoreKnowsTheIdSync = noClasses()
            .that(resideInAPackage("dev.dynacog..")
                    .and(not(resideInAnyPackage("dev.dynacog.idsync", "dev.dynacog.cli.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.dynacog.idsync");

    @ArchTest
    static final ArchRule awsAloneBuildsClients = only(
            packages("dev.dynacog.aws"),
            "software.amazon.awssdk.auth..",
            "software.amazon.awssdk.http.urlconnection..",
            "software.amazon.awssdk.retries..");

    @ArchTest
    static final ArchRule configAloneReadsYaml = only(packages("dev.dynacog.config"), "org.snakeyaml..");

    @ArchTest
    static final ArchRule nothingInCorePrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule coreKnowsNoCommandLine = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "org.jline..", "dev.dynacog.cli..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.dynacog.(*)..").should().beFreeOfCycles();
}
