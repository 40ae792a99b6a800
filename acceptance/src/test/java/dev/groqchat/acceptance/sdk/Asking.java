package dev.groqchat.acceptance.sdk;

import dev.groqchat.acceptance.sdk.Client.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks all questions of all SDKs at once: most of the time they wait. */
final class Asking {
  private static final int PATIENCE_SECONDS = 90;

  private Asking() {}

  /** Blocks until every answer is there; by the question's id. */
  static Map<String, Answer> all(Scripts scripts, Map<Client, List<Question>> questions)
      throws Exception {
    Map<String, Answer> answers = new ConcurrentHashMap<>();
    try (var node = scripts.start(Client.NODE, of(questions, Client.NODE));
        var python = scripts.start(Client.PYTHON, of(questions, Client.PYTHON))) {
      askJava(questions).forEach(it -> answers.put(it.id(), it));
      node.await(PATIENCE_SECONDS).forEach(it -> answers.put(it.id(), it));
      python.await(PATIENCE_SECONDS).forEach(it -> answers.put(it.id(), it));
    }
    return answers;
  }

  private static List<Question> of(Map<Client, List<Question>> questions, Driver driver) {
    return questions.entrySet().stream()
        .filter(it -> it.getKey().driver().equals(driver))
        .flatMap(it -> it.getValue().stream())
        .toList();
  }

  private static List<Answer> askJava(Map<Client, List<Question>> questions) throws Exception {
    List<Callable<Answer>> calls = new ArrayList<>();
    List<Callable<Answer>> whenQuiet = new ArrayList<>();
    questions.forEach((client, all) -> {
      if (client.driver() instanceof Driver.Java java) {
        for (Question question : all) {
          (question.stopAfter() > 0 ? whenQuiet : calls).add(() -> java.sdk().answer(question));
        }
      }
    });
    List<Answer> answers = new ArrayList<>(askAtOnce(calls));
    answers.addAll(askAtOnce(whenQuiet));
    return answers;
  }

  private static List<Answer> askAtOnce(List<Callable<Answer>> calls) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(calls, PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
          .map(Future::resultNow)
          .toList();
    }
  }
}
