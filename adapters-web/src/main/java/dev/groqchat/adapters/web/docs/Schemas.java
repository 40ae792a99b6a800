package dev.groqchat.adapters.web.docs;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;

/** Schemas of what no controller's signature tells of. */
final class Schemas {
  private Schemas() {}

  /** The schema of a class: a reference, with what it refers to. */
  static ResolvedSchema of(Class<?> type) {
    return ModelConverters.getInstance(true)
        .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
  }
}
