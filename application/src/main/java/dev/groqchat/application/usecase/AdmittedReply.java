package dev.groqchat.application.usecase;

import dev.groqchat.application.port.out.ReplyStream;
import dev.groqchat.application.usecase.admission.Permit;
import dev.groqchat.domain.model.ModelId;
import dev.groqchat.domain.traffic.ProviderLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reply whose first parts are here; closing it gives the permit back. */
final class AdmittedReply implements ReplyStream {
  private final ReplyStream reply;
  private final Permit permit;
  private @Nullable List<Part> first;

  AdmittedReply(ReplyStream reply, List<Part> first, Permit permit) {
    this.reply = reply;
    this.first = first;
    this.permit = permit;
  }

  @Override
  public ModelId model() {
    return reply.model();
  }

  @Override
  public ProviderLimits limits() {
    return reply.limits();
  }

  @Override
  public List<Part> next() throws InterruptedException {
    List<Part> parts = first;
    first = null;
    return parts == null ? reply.next() : parts;
  }

  @Override
  public void close() {
    try (permit) {
      reply.close();
    }
  }
}
