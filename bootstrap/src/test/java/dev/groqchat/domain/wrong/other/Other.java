package dev.groqchat.domain.wrong.other;

import dev.groqchat.domain.wrong.Neighbour;

/** Wrong on purpose, see ArchitectureTest. */
public class Other implements Neighbour {
  public static final Integer ORDER = Integer.valueOf(1);
}
