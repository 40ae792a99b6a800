package dev.groqchat.application.port.in;

import dev.groqchat.domain.model.ModelInfo;
import java.util.List;

/** Lists the models on offer. */
public interface ListModels {
  /** The models on offer, the default first. */
  List<ModelInfo> models();
}
