package dev.groqchat.adapters.web.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents of records what the compiler knows: a component that is never null is required, and one
 * that may be null is so unless it is left out then.
 */
final class RecordSchemas implements ModelConverter {
  private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
      (PropertyNamingStrategies.SnakeCaseStrategy) PropertyNamingStrategies.SNAKE_CASE;

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    Schema<?> resolved = chain.next().resolve(type, context, chain);
    JavaType java = Json31.mapper().constructType(type.getType());
    if (resolved != null && java != null && java.getRawClass().isRecord()) {
      describe(java.getRawClass(), model(resolved, context));
    }
    return resolved;
  }

  @Override
  public boolean isOpenapi31() {
    return true;
  }

  private static Schema<?> model(Schema<?> resolved, ModelConverterContext context) {
    String ref = resolved.get$ref();
    Schema<?> known =
        ref == null
            ? null
            : context.getDefinedModels().get(ref.substring(ref.lastIndexOf('/') + 1));
    return known == null ? resolved : known;
  }

  private static void describe(Class<?> type, Schema<?> model) {
    if (model.getProperties() == null) {
      return;
    }
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = NAMES.translate(component.getName());
      Schema<?> property = model.getProperties().get(name);
      if (property == null) {
        continue;
      }
      if (!nullable(component)) {
        required.add(name);
      } else if (!leftOut(type, component)) {
        model.getProperties().put(name, orNull(property));
      }
    }
    model.setRequired(required.isEmpty() ? null : required);
  }

  private static boolean nullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** Whether null is not written. */
  private static boolean leftOut(Class<?> type, RecordComponent component) {
    JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
    JsonInclude rule = own == null ? type.getAnnotation(JsonInclude.class) : own;
    return rule != null && rule.value() == JsonInclude.Include.NON_NULL;
  }

  private static Schema<?> orNull(Schema<?> property) {
    if (property.get$ref() != null) {
      Schema<Object> either = new Schema<>(SpecVersion.V31);
      either.addAnyOfItem(property);
      Schema<Object> nothing = new Schema<>(SpecVersion.V31);
      nothing.addType("null");
      either.addAnyOfItem(nothing);
      return either;
    }
    if (property.getAnyOf() == null) {
      property.addType("null");
    }
    return property;
  }
}
