package dev.dynacog.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.dynacog.cli.command.db.DbConnectCommand;

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

    /** A class with these options that went its own way would be a command whose guard is forgotten. */
    @ArchTest
    static final ArchRule whatCanBeConfirmedIsWrittenThroughTheGuard = classes()
            .that()
            .resideInAPackage("dev.dynacog.cli.command..")
            .and(describe("take GuardOptions", ArchitectureTest::takesGuardOptions))
            .should()
            .callMethod(Session.class, "write", GuardOptions.class, Write.class);

    private static boolean takesGuardOptions(JavaClass candidate) {
        return candidate.getFields().stream()
                .anyMatch(field -> field.getRawType().isEquivalentTo(GuardOptions.class));
    }

    @ArchTest
    static final ArchRule nobodyAppliesAWriteThatWasNotConfirmed = noClasses()
            .that()
            .doNotBelongToAnyOf(Writing.class)
            .should()
            .callMethodWhere(target(owner(assignableTo(Write.class)))
                    .and(target(name("apply")))
                    .and(describe(
                            "isn't its own bridge",
                            call -> !call.getOrigin().getName().equals("apply"))));

    @ArchTest
    static final ArchRule theGuardIsAskedInOnePlace = classes()
            .that()
            .belongToAnyOf(Guard.class)
            .should()
            .onlyHaveDependentClassesThat()
            .belongToAnyOf(Guard.class, Session.class, Writing.class, WriteOffer.class);

    @ArchTest
    static final ArchRule onlyPsqlIsOfUseWithoutWriting = classes()
            .that()
            .belongToAnyOf(WriteOffer.class)
            .should()
            .onlyHaveDependentClassesThat()
            .belongToAnyOf(WriteOffer.class, Session.class, DbConnectCommand.class);

    @ArchTest
    static final ArchRule theToolNeverLoadsTheServers =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.dynacog.local..");
}
