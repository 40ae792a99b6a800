package dev.groqchat.bootstrap;

import dev.groqchat.application.port.out.ModelCatalog;
import dev.groqchat.domain.failure.Failure;
import dev.groqchat.domain.model.ModelId;
import java.util.Locale;

/**
 * The words that metrics and traces may use: closed lists, and the names of models that are on
 * offer. A client can add none.
 */
public final class Words {
  /** Stands for every model that is not on offer. */
  public static final String OTHER = "other";

  private Words() {}

  /** As {@code model_timeout}: the list of failures is closed. */
  public static String of(Failure failure) {
    return failure
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=.)([A-Z])", "_$1")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * A model's name, if it is among those that come first in a catalogue.
   *
   * @param most how many those are
   */
  public static String of(ModelId model, ModelCatalog catalog, int most) {
    return catalog.models().stream().limit(most).anyMatch(offered -> offered.id().equals(model))
        ? model.value()
        : OTHER;
  }
}
