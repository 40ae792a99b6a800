package dev.groqchat.application.port.out;

import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.model.ModelInfo;
import java.util.List;

/**
 * Knows the models on offer. Thread-safe, and quick: what has to be fetched is fetched beforehand
 * or beside.
 */
public interface ModelCatalog {
  /** The models on offer, the configured default first. */
  List<ModelInfo> models();

  /** What a model can hold; a careful guess for one that nobody knows. */
  ModelInfo describe(ModelId model);
}
