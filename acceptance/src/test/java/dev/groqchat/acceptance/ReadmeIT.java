package dev.groqchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.groqchat.acceptance.fixtures.PackagedService;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every curl line of the README, in order, against the packaged service. What an answer must
 * hold stands before its block, in a comment that readers do not see: {@code <!-- answers: this |
 * and this -->}.
 */
class ReadmeIT {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:<!-- answers: (?<answers>.*?) -->\\n)?```sh\\n(?<lines>.*?)```", Pattern.DOTALL);

  @Test
  void everyCurlLineOfTheReadmeDoesWhatItSays(@TempDir Path folder) throws Exception {
    // The demo has no keys: any will do.
    Map<String, String> variables = new HashMap<>(Map.of("GROQ_API_KEY", "any"));
    List<Block> blocks = blocks();
    assertThat(blocks).as("blocks with curl lines").hasSizeGreaterThan(8);
    try (var service = PackagedService.start(folder, Map.of(), "--spring.profiles.active=demo")) {
      for (Block block : blocks) {
        StringBuilder answers = new StringBuilder();
        for (String line : block.lines()) {
          String here = line.replace("localhost:8000", service.address());
          HttpResponse<String> answer = Curl.parse(here, variables).send();
          assertThat(answer.statusCode()).as(line + " answers " + answer.body()).isLessThan(300);
          answer.headers().firstValue("X-Turn-ID").ifPresent(it -> variables.put("TURN", it));
          if (line.startsWith("curl -i ")) {
            answer
                .headers()
                .map()
                .forEach((name, all) -> answers.append(name + ": " + all.getFirst() + "\n"));
          }
          answers.append(answer.body());
        }
        assertThat(answers.toString())
            .as(String.join("\n", block.lines()))
            .contains(block.answers());
      }
    }
  }

  private static List<Block> blocks() throws Exception {
    String readme = Files.readString(Path.of(PackagedService.property("readme")));
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(readme);
    while (matcher.find()) {
      String joined = matcher.group("lines").replaceAll("\\\\\\n\\s*", "");
      List<String> curls = joined.lines().filter(it -> it.startsWith("curl ")).toList();
      if (!curls.isEmpty()) {
        String answers = matcher.group("answers");
        assertThat(answers).as("what these lines answer: " + curls).isNotNull();
        blocks.add(new Block(curls, List.of(String.valueOf(answers).split(" \\| "))));
      }
    }
    return blocks;
  }

  private record Block(List<String> lines, List<String> answers) {}
}
