package dev.groqchat.application.usecase;

import dev.groqchat.application.port.in.CreateConversation;
import dev.groqchat.application.port.in.DeleteConversation;
import dev.groqchat.application.port.in.EditConversation;
import dev.groqchat.application.port.in.FollowTurn;
import dev.groqchat.application.port.in.IssueTicket;
import dev.groqchat.application.port.in.ListConversations;
import dev.groqchat.application.port.in.ListModels;
import dev.groqchat.application.port.in.ReadContext;
import dev.groqchat.application.port.in.ReadConversation;
import dev.groqchat.application.port.in.ReadTurn;
import dev.groqchat.application.port.in.RedeemTicket;
import dev.groqchat.application.port.in.RelayQuestion;
import dev.groqchat.application.port.in.StartTurn;
import dev.groqchat.application.port.in.StopTurn;
import dev.groqchat.application.port.in.WatchDrain;
import dev.groqchat.application.port.out.Instances;
import dev.groqchat.application.usecase.admission.FairQueue;
import dev.groqchat.application.usecase.admission.Pace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All use cases over one set of ports: what the service can do. Owns the threads of the turns;
 * closing stops them. Thread-safe.
 */
public final class UseCases implements AutoCloseable {
  /** How soon the turns of an instance that is gone are ended, beyond the time to notice that. */
  private static final Duration KEEPERS_PAUSE = Duration.ofSeconds(1);

  private final StartTurn startTurn;
  private final FollowTurn followTurn;
  private final StopTurn stopTurn;
  private final ReadTurn readTurn;
  private final ReadContext readContext;
  private final CreateConversation createConversation;
  private final ReadConversation readConversation;
  private final ListConversations listConversations;
  private final EditConversation editConversation;
  private final DeleteConversation deleteConversation;
  private final ListModels listModels;
  private final RelayQuestion relayQuestion;
  private final TicketDesk tickets;
  private final Places places;
  private final FairQueue queue;
  private final Keeper keeper;
  private final Instances.Listening stops;
  private final ScheduledThreadPoolExecutor later;

  /**
   * Puts the use cases together.
   *
   * @param random unguessable: without API keys, knowing an id opens a door
   */
  public UseCases(Ports ports, TurnSettings settings, InstantSource clock, RandomGenerator random) {
    this(ports, settings, new Ids(clock, random), null);
  }

  /**
   * Puts the use cases together.
   *
   * @param otherTimer instead of a thread of its own; null for that
   */
  UseCases(Ports ports, TurnSettings settings, Ids ids, @Nullable Timer otherTimer) {
    later =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("graces").factory(),
            // Once this is closed there is nothing left to wait for.
            new ThreadPoolExecutor.DiscardPolicy());
    later.setRemoveOnCancelPolicy(true);
    Timer timer = otherTimer == null ? this::after : otherTimer;
    places = new Places(settings.maxOpenTurns());
    OpenTurns open = new OpenTurns(places);
    Ends ends = new Ends(ports, settings.maxOpenTurns());
    Contexts contexts = new Contexts(ports, settings);
    Pace pace = new Pace();
    queue =
        new FairQueue(
            settings.admission().rules(),
            ports.budgets(),
            ports.telemetry(),
            pace,
            ids.clock(),
            timer::after);
    ModelAsker asker = new ModelAsker(ports, queue, settings.admission().patience(), ids.clock());
    Candidates candidates = new Candidates(ports, settings, asker);
    TurnRunner runner = new TurnRunner(ports, contexts, candidates, ends, pace, System::nanoTime);
    followTurn = new TurnFollower(ports, open);
    startTurn = new TurnStarter(ports, settings, contexts, open, runner, followTurn, timer, ids);
    stopTurn = new TurnStopper(ports, open);
    readTurn = new TurnReader(ports);
    readContext = new ContextReader(ports);
    createConversation = new ConversationCreator(ports, settings, ids);
    readConversation = new ConversationReader(ports);
    listConversations = new ConversationLister(ports);
    editConversation = new ConversationEditor(ports, settings, ids);
    deleteConversation = new ConversationDeleter(ports, open);
    tickets = new TicketDesk(ports, ids);
    listModels = ports.catalog()::models;
    relayQuestion = new Relayer(ports, settings, places, candidates, pace, ids);
    stops = ports.instances().onStop(id -> open.find(id).ifPresent(OpenTurn::stop));
    keeper = new Keeper(KEEPERS_PAUSE, ends::tryAgain, new Rescuer(ports, ids)::rescue);
  }

  /** On a thread of its own: the work may ask a store, and others' is not to wait for that. */
  private Runnable after(Duration delay, Runnable work) {
    ScheduledFuture<?> waiting =
        later.schedule(
            () -> Thread.ofVirtual().name("later").start(work),
            delay.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> waiting.cancel(false);
  }

  public StartTurn startTurn() {
    return startTurn;
  }

  public FollowTurn followTurn() {
    return followTurn;
  }

  public StopTurn stopTurn() {
    return stopTurn;
  }

  public ReadTurn readTurn() {
    return readTurn;
  }

  public ReadContext readContext() {
    return readContext;
  }

  public CreateConversation createConversation() {
    return createConversation;
  }

  public ReadConversation readConversation() {
    return readConversation;
  }

  public ListConversations listConversations() {
    return listConversations;
  }

  public EditConversation editConversation() {
    return editConversation;
  }

  public DeleteConversation deleteConversation() {
    return deleteConversation;
  }

  public ListModels listModels() {
    return listModels;
  }

  public RelayQuestion relayQuestion() {
    return relayQuestion;
  }

  public IssueTicket issueTicket() {
    return tickets;
  }

  public RedeemTicket redeemTicket() {
    return tickets;
  }

  public WatchDrain watchDrain() {
    return places::draining;
  }

  /**
   * Takes no more turns and relays, waits for those that are open, and ends as failed, with their
   * text so far, those that are left when patience ends. Blocks until then.
   */
  public void drain(Duration patience) {
    places.drain(patience);
  }

  /** How many turns and relays are open on this instance, waiting ones included. */
  public int openTurns() {
    return places.size();
  }

  /** How many turns and relays wait to be let in on this instance. */
  public int waitingTurns() {
    return queue.waiting();
  }

  @Override
  public void close() {
    stops.close();
    places.close();
    keeper.close();
    later.shutdownNow();
  }
}
