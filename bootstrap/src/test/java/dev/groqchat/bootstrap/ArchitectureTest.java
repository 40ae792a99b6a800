package dev.groqchat.bootstrap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The layers, as rules that say what is allowed. Each rule is tried twice: on the service, where it
 * must hold, and on classes that are wrong on purpose, where it must not.
 */
class ArchitectureTest {
  private static final String ROOT = "dev.groqchat.";
  private static final String DOMAIN = ROOT + "domain..";
  private static final String APPLICATION = ROOT + "application..";
  private static final String PORTS = ROOT + "application.port..";
  private static final String USE_CASES = ROOT + "application.usecase..";
  private static final String JDK = "java..";
  private static final String NULLNESS = "org.jspecify..";
  private static final List<String> ADAPTERS = List.of("groq", "persistence", "socketio", "web");

  private static JavaClasses service;
  private static JavaClasses wrong;

  @BeforeAll
  static void read() {
    service = importing(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS);
    wrong = importing(ImportOption.Predefined.ONLY_INCLUDE_TESTS);
  }

  private static JavaClasses importing(ImportOption which) {
    return new ClassFileImporter().withImportOption(which).importPackages("dev.groqchat");
  }

  private static Stream<Rule> rules() {
    return Stream.concat(
        Stream.of(
            new Rule("the domain knows only the JDK", onlyKnow(DOMAIN, DOMAIN, JDK, NULLNESS)),
            new Rule(
                "the application knows only the domain and the JDK",
                onlyKnow(APPLICATION, APPLICATION, DOMAIN, JDK, NULLNESS)),
            new Rule(
                "ports know no use case",
                noClasses()
                    .that()
                    .resideInAPackage(PORTS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(USE_CASES)),
            new Rule(
                "the core knows no network and no files",
                noClasses()
                    .that()
                    .resideInAnyPackage(DOMAIN, APPLICATION)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels.."))),
        ADAPTERS.stream().map(ArchitectureTest::stranger));
  }

  /**
   * An adapter knows the core, and no other adapter; whoever plugs it in is not its business
   * either.
   */
  private static Rule stranger(String adapter) {
    String own = ROOT + "adapters." + adapter + "..";
    String[] others =
        Stream.concat(
                ADAPTERS.stream()
                    .filter(it -> !it.equals(adapter))
                    .map(it -> ROOT + "adapters." + it + ".."),
                Stream.of(USE_CASES, ROOT + "bootstrap..", ROOT + "simulator.."))
            .toArray(String[]::new);
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(own)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others);
    return new Rule("adapters-" + adapter + " is a stranger to everything but the ports", rule);
  }

  private static ArchRule onlyKnow(String layer, String... allowed) {
    return classes()
        .that()
        .resideInAPackage(layer)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  @TestFactory
  Stream<DynamicTest> theServiceKeepsEveryRule() {
    return rules().map(it -> DynamicTest.dynamicTest(it.name(), () -> it.rule().check(service)));
  }

  @TestFactory
  Stream<DynamicTest> everyRuleCanBeBroken() {
    return rules()
        .map(it ->
            DynamicTest.dynamicTest(
                "broken on purpose: " + it.name(),
                () ->
                    assertThatThrownBy(() -> it.rule().check(wrong))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("was violated")
                        .hasMessageContaining(".wrong.")));
  }

  @Test
  void packagesAreFreeOfCycles() {
    ArchRule rule = slices().matching(ROOT + "(**)").should().beFreeOfCycles();
    rule.check(service);
    assertThatThrownBy(() -> rule.check(wrong)).hasMessageContaining("Cycle detected");
  }

  @Test
  void everyPackageNamedHereHoldsClasses() {
    Stream.concat(
            Stream.of(
                "domain", "application.port", "application.usecase", "bootstrap", "simulator"),
            ADAPTERS.stream().map("adapters."::concat))
        .forEach(name ->
            assertThat(service)
                .as(name)
                .anyMatch(it -> it.getPackageName().startsWith(ROOT + name)));
  }

  @Test
  void everyPackageSaysWhatItsNullsAre() {
    assertThat(service.stream().map(JavaClass::getPackageName).distinct())
        .allSatisfy(name ->
            assertThat(Class.forName(name + ".package-info")).hasAnnotation(NullMarked.class));
  }

  private record Rule(String name, ArchRule rule) {}
}
