package dev.groqchat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long the packaged service takes until it is ready, and what it takes then. */
record Start() implements Experiment {
  @Override
  public String name() {
    return "start";
  }

  @Override
  public Outcome run(Setting setting) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    List<Double> mebibytes = new ArrayList<>();
    for (int i = 0; i < setting.options().rounds(); i++) {
      long start = System.nanoTime();
      try (Child service = setting.service(Map.of())) {
        seconds.add((System.nanoTime() - start) / 1e9);
        mebibytes.add(Usage.rssKib(service.handle()) / 1024.0);
      }
    }
    return Outcome.of(
        new Row("until ready, s", Spread.of(seconds).toString(), "", "<= 3.5 s"),
        new Row("RSS when ready, MiB", Spread.of(mebibytes).toString(), "", "<= 350 MB"));
  }
}
