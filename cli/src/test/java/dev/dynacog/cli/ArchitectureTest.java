package dev.dynacog.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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

    @ArchTest
    static final ArchRule nobodyWritesPastTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage("dev.dynacog.cli.training..")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule onlyTheProgramItselfExits = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.dynacog.cli.Dynacog")
            .and()
            .resideOutsideOfPackage("dev.dynacog.cli.training..")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule theSdkStaysInCore = noClasses()
            .that()
            .resideInAPackage("dev.dynacog.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "java.sql..", "com.zaxxer..", "org.postgresql..");

    @ArchTest
    static final ArchRule theTerminalAloneKnowsJansi = noClasses()
            .that()
            .resideOutsideOfPackage("dev.dynacog.cli.terminal")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jline..");

    @ArchTest
    static final ArchRule renderingAloneKnowsJson = noClasses()
            .that()
            .resideInAPackage("dev.dynacog.cli..")
            .and()
            .resideOutsideOfPackage("dev.dynacog.cli.render")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "io.burt..");

    @ArchTest
    static final ArchRule theToolNeverLoadsTheServers =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.dynacog.local..");
}
