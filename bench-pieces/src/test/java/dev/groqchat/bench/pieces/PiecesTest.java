package dev.groqchat.bench.pieces;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Whether the benchmarks still run, and the pieces still do what they are measured for. */
class PiecesTest {
  @Test
  void everyBenchmarkRunsOnceWithTheRightOutcome() throws RunnerException {
    Options once =
        new OptionsBuilder()
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Map<String, Set<String>> ran =
        new Runner(once)
            .run().stream()
                .map(it -> it.getParams().getBenchmark().split("\\."))
                .collect(
                    groupingBy(it -> it[it.length - 2], mapping(it -> it[it.length - 1], toSet())));

    assertThat(ran)
        .containsOnly(
            Map.entry("SseReaderBenchmark", Set.of("event")),
            Map.entry("ReplyAssemblerBenchmark", Set.of("ofATurn", "ofARelay")),
            Map.entry("TokenCounterBenchmark", Set.of("ofAnAnswer")),
            Map.entry(
                "JournalBenchmark",
                Set.of("appendOneByOne", "appendByTen", "followWhole", "followLive")),
            Map.entry("ContentFrameBenchmark", Set.of("delta")),
            Map.entry("NativeFrameBenchmark", Set.of("delta")),
            Map.entry("RelayFrameBenchmark", Set.of("asItCame", "escaped")),
            Map.entry("FairQueueBenchmark", Set.of("enterAndLeave", "leaveALongLine")),
            Map.entry("TrimmingBenchmark", Set.of("ofATurn", "ofATranscript")));
  }
}
