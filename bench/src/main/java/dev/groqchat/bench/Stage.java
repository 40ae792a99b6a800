package dev.groqchat.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The upstream and those before it, as processes; and the measuring of one of them under a load.
 */
final class Stage implements Closeable {
  private static final Pattern P99 = Pattern.compile("\"p99\":(\\d+)");

  private final Child upstream;
  private final Map<Target, Child> targets = new EnumMap<>(Target.class);

  private Stage(Child upstream) {
    this.upstream = upstream;
    targets.put(Target.DIRECT, upstream);
  }

  static Stage set(Path folder, Path trained, Set<Target> wanted) throws IOException {
    Stage stage = new Stage(Servers.upstream(folder));
    try {
      if (wanted.contains(Target.NGINX)) {
        stage.targets.put(Target.NGINX, Servers.nginx(folder, stage.upstream));
      }
      if (wanted.contains(Target.SERVICE)) {
        Child service = Servers.service("service", folder, trained, stage.upstream, Map.of());
        stage.targets.put(Target.SERVICE, service);
      }
      return stage;
    } catch (IOException | RuntimeException e) {
      stage.close();
      throw e;
    }
  }

  Child child(Target target) {
    Child child = targets.get(target);
    if (child == null) {
      throw new IllegalStateException(target + " does not take part");
    }
    return child;
  }

  Child upstream() {
    return upstream;
  }

  Leg measure(Target target, Workload workload, Duration time)
      throws IOException, InterruptedException {
    return measure(target, child(target), workload.plan(target), time);
  }

  /** Puts a load on a process, and measures for a while once all of it is there. */
  Leg measure(Target target, Child child, Plan plan, Duration time)
      throws IOException, InterruptedException {
    try (Load load = Load.start(plan, child.port())) {
      Thread.sleep(plan.settling());
      var _ = takeLateness();
      Leg leg = measure(target, child.handle(), load, time);
      load.stop(Duration.ofSeconds(60));
      return leg.with(load.faults(), load.told());
    }
  }

  private Leg measure(Target target, ProcessHandle process, Load load, Duration time)
      throws IOException, InterruptedException {
    boolean counted = target != Target.DIRECT;
    var _ = load.take();
    long start = System.nanoTime();
    double cpu = counted ? Usage.cpuSeconds(process) : 0;
    double machine = Usage.machineSeconds();
    Thread.sleep(time);
    double used = counted ? Usage.cpuSeconds(process) - cpu : 0;
    double share = Usage.machineSeconds() - machine;
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Leg(
        target,
        load.take(),
        seconds,
        used,
        counted ? Usage.rssKib(process) : 0,
        share / seconds / Runtime.getRuntime().availableProcessors(),
        takeLateness());
  }

  /** In milliseconds. */
  private double takeLateness() throws IOException {
    Matcher found = P99.matcher(upstream.get("/lateness"));
    return found.find() ? Double.parseDouble(found.group(1)) / 1000 : Double.NaN;
  }

  @Override
  public void close() {
    targets.values().forEach(Child::close);
    upstream.close();
  }
}
