package dev.groqchat.domain.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidV7Test {
  @Test
  void isTheExampleOfTheRfc() {
    // RFC 9562, appendix A.6: Tuesday, 22 February 2022, 19:22:22 GMT.
    RandomGenerator random = scripted(0xcc3L, 0x18c4dc0c0c07398fL);

    assertThat(UuidV7.of(Instant.ofEpochMilli(0x017F22E279B0L), random))
        .hasToString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void versionAndVariantStandWhateverTheRandomBits(long bits) {
    UUID id = UuidV7.of(Instant.EPOCH, () -> bits);

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id)
        .hasToString(
            bits == 0
                ? "00000000-0000-7000-8000-000000000000"
                : "00000000-0000-7fff-bfff-ffffffffffff");
  }

  @Test
  void laterOnesComeLater() {
    Random random = new Random(1);
    Instant begin = Instant.parse("2026-01-02T03:04:05Z");
    List<UUID> ids =
        Stream.iterate(begin, now -> now.plusMillis(1))
            .limit(1_000)
            .map(now -> UuidV7.of(now, random))
            .toList();

    assertThat(ids).isSorted();
    assertThat(ids).extracting(UUID::toString).isSorted();
  }

  @Test
  void thoseOfOneInstantDiffer() {
    Random random = new Random(1);

    assertThat(Stream.generate(() -> UuidV7.of(Instant.EPOCH, random)).limit(1_000))
        .doesNotHaveDuplicates();
  }

  private static RandomGenerator scripted(long first, long second) {
    return new RandomGenerator() {
      private boolean asked;

      @Override
      public long nextLong() {
        long next = asked ? second : first;
        asked = true;
        return next;
      }
    };
  }
}
