package dev.groqchat.domain.traffic;

import dev.groqchat.domain.traffic.ProviderLimits.Window;
import dev.groqchat.domain.traffic.Taking.Verdict;
import dev.groqchat.domain.traffic.UnderWay.Question;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider allows of one model, as far as it has said, and what of that is taken. Immutable:
 * each change gives a new one. Plain values only, so that it can be kept anywhere.
 *
 * <p>A provider counts a question when it takes it in, and tells with the answer how it stands;
 * that may or may not count those questions of ours that were under way meanwhile. What is in doubt
 * is counted twice, until an answer comes that leaves none: a bucket that is taken for fuller than
 * it is runs empty at its full rate all the same.
 *
 * <p>Longer than a class should be: all that can happen to one budget stands together.
 *
 * @param answered whether the provider has answered at all; if it has, and said nothing of limits,
 *     there are none, and nothing is tracked but what a pace needs
 * @param tokens those of a minute; null if it did not say
 * @param requests those of a day; null if it did not say
 * @param pace requests of a minute, as we were told from elsewhere; null if nobody knows
 * @param closedUntil it has refused, and is not asked before this; then one question at a time
 *     tries whether it answers again. Null if it did not refuse.
 * @param surcharge tokens that the provider counts for each question beyond what we count
 */
public record ModelBudget(
    boolean answered,
    @Nullable LeakyBucket tokens,
    @Nullable LeakyBucket requests,
    @Nullable LeakyBucket pace,
    UnderWay underWay,
    @Nullable Instant closedUntil,
    long surcharge) {
  /** Nobody has asked the model yet. */
  public static final ModelBudget UNKNOWN =
      new ModelBudget(false, null, null, null, UnderWay.NOTHING, null, 0);

  /**
   * How long others wait for the first answer there is, before one of them is asked, too. One of
   * Groq's begins after 120 to 320 ms, so that it is nearly always here by then; and nobody minds
   * half a second.
   */
  static final Duration LONGEST_DOUBT = Duration.ofMillis(500);

  /** A provider that refuses without saying for how long is not asked in a loop. */
  static final Duration SHORTEST_CLOSURE = Duration.ofMillis(100);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  /**
   * What is counted beyond our count, up to one in so many of the limit, is the provider's way of
   * counting. What is more was asked by somebody else.
   */
  private static final long SURCHARGE_SHARE = 20;

  /** A level below one in so many of the limit is too rounded to tell how fast it falls. */
  private static final long TELLING_SHARE = 100;

  /**
   * Asks for room for a question.
   *
   * @param cost tokens of its prompt, and the most that its reply may have
   * @param perMinute requests that the provider allows in a minute without saying so; 0 if unknown
   */
  public Taking take(Instant now, String id, long cost, int perMinute) {
    ModelBudget current = current(now, perMinute);
    Verdict objection = current.objection(now, cost);
    return objection == null
        ? current.granted(now, id, cost + surcharge)
        : new Taking(current, objection);
  }

  private ModelBudget current(Instant now, int perMinute) {
    LeakyBucket paced =
        pace == null || pace.limit() != perMinute
            ? new LeakyBucket(Math.max(1, perMinute), MINUTE, now)
            : pace;
    return with(tokens, requests, perMinute == 0 ? null : paced, underWay.expired(now));
  }

  private @Nullable Verdict objection(Instant now, long cost) {
    Verdict.TooLarge never = tooLarge(cost);
    if (never != null) {
      return never;
    }
    Duration day = requests == null ? Duration.ZERO : requests.waitFor(1, now);
    // Who is refused for more than a minute has used up more than a minute's.
    Duration closed = closed(now);
    Duration usedUp = longest(day, closed.compareTo(MINUTE) > 0 ? closed : Duration.ZERO);
    if (usedUp.isPositive()) {
      return new Verdict.UsedUp(usedUp);
    }
    Duration wait = longest(longest(closed, doubt(now)), refill(now, cost, 1));
    return wait.isPositive() ? new Verdict.Wait(wait) : null;
  }

  /**
   * Whether a question never fits, as far as the limits are known.
   *
   * @param cost tokens of its prompt, and the most that its reply may have
   * @return null if it does, or may
   */
  public Verdict.@Nullable TooLarge tooLarge(long cost) {
    return tokens != null && cost + surcharge > tokens.limit()
        ? new Verdict.TooLarge(Math.max(0, tokens.limit() - surcharge))
        : null;
  }

  /** How long it is not to be asked, since it refused, or since it is being tried after that. */
  private Duration closed(Instant now) {
    if (closedUntil == null) {
      return Duration.ZERO;
    }
    return now.isBefore(closedUntil)
        ? Duration.between(now, closedUntil)
        : underWay.anyMatch(this::isTrial) ? LONGEST_DOUBT : Duration.ZERO;
  }

  private boolean isTrial(Question it) {
    return closedUntil != null && !it.answered() && !it.at().isBefore(closedUntil);
  }

  /** How long to wait for the first answer there is; after that, one more may try its luck. */
  private Duration doubt(Instant now) {
    return answered || underWay.questions().isEmpty()
        ? Duration.ZERO
        : longest(
            Duration.ZERO,
            Duration.between(now, underWay.questions().getLast().at().plus(LONGEST_DOUBT)));
  }

  private Duration refill(Instant now, long cost, long questions) {
    return longest(
        tokens == null ? Duration.ZERO : tokens.waitFor(cost + questions * surcharge, now),
        pace == null ? Duration.ZERO : pace.waitFor(questions, now));
  }

  /**
   * How long it should take until the last of several questions may go, if each goes as soon as it
   * may, and no others do.
   *
   * @param cost of all of them together
   */
  public Duration eta(Instant now, long cost, int questions) {
    return longest(closed(now), refill(now, cost, questions));
  }

  private Taking granted(Instant now, String id, long full) {
    // A pace is given back by those that were not sent: so it has to be known who took of it.
    boolean tracked = !unlimited() || closedUntil != null || pace != null;
    ModelBudget taken =
        with(
            tokens == null ? null : tokens.with(full, now),
            requests == null ? null : requests.with(1, now),
            pace == null ? null : pace.with(1, now),
            tracked ? underWay.with(new Question(id, now, full, false)) : underWay);
    return new Taking(taken, new Verdict.Granted(tracked));
  }

  private boolean unlimited() {
    return answered && tokens == null && requests == null;
  }

  /** The provider has answered a question, and said how it stands. */
  public ModelBudget answered(Instant now, String id, ProviderLimits said) {
    Question own = underWay.find(id);
    boolean opens = closedUntil == null || (own != null && isTrial(own));
    LeakyBucket newTokens = said(said.tokens(), tokens, MINUTE, now);
    LeakyBucket newRequests = said(said.requests(), requests, DAY, now);
    UnderWay rest = own == null ? underWay : underWay.answered(own);
    return new ModelBudget(
        true,
        said.tokens() == null || newTokens == null
            ? newTokens
            : notBelowOurCount(
                newTokens.with(underWay.uncounted(own, Question::tokens), now), own, now),
        said.requests() == null || newRequests == null
            ? newRequests
            : newRequests.with(underWay.uncounted(own, _ -> 1), now),
        pace,
        opens && newTokens == null && newRequests == null && pace == null ? UnderWay.NOTHING : rest,
        opens ? null : closedUntil,
        learned(now, own, said.tokens()));
  }

  /**
   * What overtook a question on its way to the provider is not in what that says of it, answered or
   * not. So among others an answer tells only that there is more in the bucket than we know; that
   * there is less, only one that was alone.
   */
  private LeakyBucket notBelowOurCount(LeakyBucket said, @Nullable Question own, Instant now) {
    if (tokens == null || own == null || underWay.holdsOnly(own)) {
      return said;
    }
    long beyond = tokens.level(now) - said.level(now);
    return beyond > 0 ? said.with(beyond, now) : said;
  }

  /** What is kept where nothing is said, or the bucket that is told of. */
  private static @Nullable LeakyBucket said(
      @Nullable Window said, @Nullable LeakyBucket kept, Duration usual, Instant now) {
    if (said == null) {
      return kept;
    }
    long used = said.limit() - said.remaining();
    Duration known = kept == null ? usual : kept.window();
    boolean telling = said.reset().isPositive() && used * TELLING_SHARE >= said.limit();
    Duration window =
        telling
            ? Duration.ofNanos(LeakyBucket.scaled(said.reset().toNanos(), said.limit(), used))
            : known;
    return new LeakyBucket(said.limit(), window.compareTo(usual) > 0 ? usual : window, now)
        .with(used, now);
  }

  /**
   * Only a question that was alone under way tells what the provider counts for it; and what ran
   * out of the bucket on the answer's way here, but it is better to take that for part of it, too.
   */
  private long learned(Instant now, @Nullable Question own, @Nullable Window said) {
    if (own == null || said == null || !underWay.holdsOnly(own)) {
      return surcharge;
    }
    long expected = tokens == null ? own.tokens() : tokens.level(now);
    long seen = Math.max(0, surcharge + said.limit() - said.remaining() - expected);
    if (seen > said.limit() / SURCHARGE_SHARE) {
      return surcharge;
    }
    return Math.max(seen, (surcharge + seen) / 2);
  }

  /**
   * The provider has refused a question because of its limits, without counting it. Its pace is not
   * given back: it was sent.
   *
   * @param retryAfter for how long it refuses
   */
  public ModelBudget refused(Instant now, String id, Duration retryAfter) {
    Instant until = now.plus(longest(SHORTEST_CLOSURE, retryAfter));
    boolean later = closedUntil == null || until.isAfter(closedUntil);
    ModelBudget rest = released(id);
    return new ModelBudget(
        answered,
        rest.tokens,
        rest.requests,
        pace,
        rest.underWay,
        later ? until : closedUntil,
        surcharge);
  }

  /** A question was not asked in the end, or the provider failed before it counted it. */
  public ModelBudget released(String id) {
    Question own = underWay.find(id);
    return own == null
        ? this
        : with(
            tokens == null ? null : tokens.without(own.tokens()),
            requests == null ? null : requests.without(1),
            pace == null ? null : pace.without(1),
            underWay.without(own));
  }

  /** A question was asked, but its answer is not waited for any more: what it took stays taken. */
  public ModelBudget lost(String id) {
    Question own = underWay.find(id);
    return own == null ? this : with(tokens, requests, pace, underWay.answered(own));
  }

  private ModelBudget with(
      @Nullable LeakyBucket newTokens,
      @Nullable LeakyBucket newRequests,
      @Nullable LeakyBucket newPace,
      UnderWay newUnderWay) {
    return new ModelBudget(
        answered, newTokens, newRequests, newPace, newUnderWay, closedUntil, surcharge);
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
