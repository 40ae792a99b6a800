package dev.groqchat.adapters.persistence.redis;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.groqchat.domain.traffic.UnderWay;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * An {@link UnderWay.Question} as it is kept: {@code ["id",nanos,tokens,answered]}. A budget holds
 * hundreds of them when there is much to do, and is written anew for each that comes or goes.
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"id", "at", "tokens", "answered"})
interface BriefQuestion {
  @JsonSerialize(using = ToNanos.class)
  @JsonDeserialize(using = FromNanos.class)
  Instant at();

  /** Writes a moment as nanoseconds since 1970, which a long holds until the year 2262. */
  final class ToNanos extends StdSerializer<Instant> {
    ToNanos() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant moment, JsonGenerator json, SerializationContext context) {
      json.writeNumber(TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano());
    }
  }

  /** Reads it. */
  final class FromNanos extends StdDeserializer<Instant> {
    FromNanos() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) {
      return Instant.ofEpochSecond(0, json.getLongValue());
    }
  }
}
