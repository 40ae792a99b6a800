package dev.groqchat.simulator;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the provider offers below {@code /openai/v1}, and OpenRouter below {@code /api/v1}, in the
 * order in which it looks at a request.
 */
final class Api {
  private static final String ROOT = "/openai/v1";
  private static final String OPENROUTER_ROOT = "/api/v1";
  private static final String MODELS = "/models";
  private static final String CHAT = "/chat/completions";

  private static final Set<Integer> SHOWING_LIMITS = Set.of(400, 413, 429, 498);

  private final SimulatorConfig config;
  private final Scripts scripts;
  private final Ledger ledger;
  private final Map<String, Limits> limits = new ConcurrentHashMap<>();

  Api(SimulatorConfig config, Scripts scripts, Ledger ledger) {
    this.config = config;
    this.scripts = scripts;
    this.ledger = ledger;
  }

  /** Blocks until the answer is sent, or throws as {@link StreamedAnswer#send} does. */
  void answer(Exchange exchange) throws IOException, InterruptedException {
    var request = exchange.seen();
    Script script;
    try {
      var picked = scripts.pick(request, isChat(request));
      script = picked.with(picked.pacing().or(config.tokensPerSecond(), config.firstToken()));
      if (request.path().startsWith(OPENROUTER_ROOT + "/")) script = script.with(Quirk.OPENROUTER);
    } catch (BadScript bad) {
      exchange.send(Script.demo(), ErrorAnswer.badRequest(String.valueOf(bad.getMessage())));
      return;
    }
    beforeHead(script);
    var refused = refusal(request, script);
    if (refused.isPresent()) refuse(exchange, script, refused.get());
    else if (isChat(request)) chat(exchange, script);
    else exchange.json(script, models(local(request)));
  }

  /**
   * A refused request has limits too, if it was looked at; what the edge or the key's check refuses
   * was not.
   */
  private void refuse(Exchange exchange, Script script, ErrorAnswer error) throws IOException {
    var request = exchange.seen();
    if (isChat(request) && SHOWING_LIMITS.contains(error.status()))
      config
          .model(scriptedModel(request))
          .ifPresent(model -> exchange.show(limits(model).headers()));
    exchange.send(script, error);
  }

  private static boolean isChat(SeenRequest request) {
    return request.method().equals("POST") && local(request).equals(CHAT);
  }

  /** The path below the API's root; empty if it is not below one. */
  private static String local(SeenRequest request) {
    for (var root : List.of(ROOT, OPENROUTER_ROOT)) {
      if (request.path().startsWith(root + "/")) return request.path().substring(root.length());
    }
    return "";
  }

  private static void beforeHead(Script script) throws IOException, InterruptedException {
    var pace = new Pace(0);
    pace.pause(script.pacing().head());
    if (script.pacing().stallsAfter(Pacing.BEFORE_HEAD)) pace.pause(script.pacing().stallFor());
    if (script.fault().orElse(null) instanceof Fault.BeforeHead fault)
      throw new Wire.Broken(fault.how());
  }

  private Optional<ErrorAnswer> refusal(SeenRequest request, Script script) {
    if (script.fault().orElse(null) instanceof Fault.Refusal refusal)
      return Optional.of(ErrorKinds.answer(refusal, scriptedModel(request)));
    boolean known =
        isChat(request)
            || (request.method().equals("GET")
                && (local(request).equals(MODELS) || local(request).startsWith(MODELS + "/")));
    if (!known) return Optional.of(ErrorAnswer.unknownUrl(request.method(), request.path()));
    if (!isAllowed(request)) return Optional.of(ErrorAnswer.invalidKey());
    if (isChat(request)) return Optional.empty();
    return models(local(request)).isEmpty()
        ? Optional.of(ErrorAnswer.unknownModel(idIn(local(request))))
        : Optional.empty();
  }

  private static String scriptedModel(SeenRequest request) {
    return request.json().path("model").asString(Model.ALL.getFirst().id());
  }

  private boolean isAllowed(SeenRequest request) {
    String authorization = request.header("Authorization").orElse("");
    if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) return false;
    String key = authorization.substring(7).strip();
    return config.apiKey().map(key::equals).orElse(!key.isEmpty() && !key.equals("invalid"));
  }

  /** The list, a model, or an empty text if there is none. */
  private String models(String path) {
    if (path.equals(MODELS)) return Model.list(config.models());
    return config.model(idIn(path)).map(model -> model.json() + "\n").orElse("");
  }

  /** Ids hold a slash, sent as one or as %2F. What cannot be decoded is no model's id. */
  private static String idIn(String path) {
    String id = path.substring(MODELS.length() + 1);
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return id;
    }
  }

  private void chat(Exchange exchange, Script script) throws IOException, InterruptedException {
    var json = exchange.seen().json();
    var request = new ChatRequest(json);
    @Nullable Model model = config.model(request.model()).orElse(null);
    if (model != null) exchange.show(limits(model).headers());
    var broken = RequestRules.broken(json);
    if (broken.isPresent()) exchange.send(script, ErrorAnswer.badRequest(broken.get()));
    else if (model == null) exchange.send(script, ErrorAnswer.unknownModel(request.model()));
    else admit(exchange, script, request, model);
  }

  private void admit(Exchange exchange, Script script, ChatRequest request, Model model)
      throws IOException, InterruptedException {
    int prompt = request.promptTokens();
    var tooMuch = RequestRules.tooMuch(request, model, prompt);
    if (tooMuch.isPresent()) {
      exchange.send(script, tooMuch.get());
      return;
    }
    var bucket = limits(model);
    var denial = bucket.admit((long) prompt + request.maxTokens().orElse(0));
    exchange.show(bucket.headers());
    if (denial.isPresent()) exchange.send(script, ErrorAnswer.limited(model.id(), denial.get()));
    else say(exchange, script, request, model, prompt);
  }

  private void say(Exchange exchange, Script script, ChatRequest request, Model model, int prompt)
      throws IOException, InterruptedException {
    var answer = Answers.to(request, model, script);
    long created = config.clock().instant().getEpochSecond();
    var identity =
        new Frames.Identity(
            script.looks().has(Quirk.OPENROUTER) ? Ids.generation() : Ids.completion(),
            exchange.seen().id(),
            created,
            Ids.seed(),
            model,
            request.serviceTier());
    if (!request.stream()) {
      new PlainAnswer(answer, identity, script, exchange).send(prompt);
      return;
    }
    ledger.streamOpened();
    try {
      new StreamedAnswer(answer, identity, script, exchange)
          .send(request.wantsUsageFrame(), prompt);
    } finally {
      ledger.streamClosed();
    }
  }

  private Limits limits(Model model) {
    return limits.computeIfAbsent(model.id(), id -> new Limits(config.plan(), config.clock()));
  }
}
