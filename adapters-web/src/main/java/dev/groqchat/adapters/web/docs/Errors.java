package dev.groqchat.adapters.web.docs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The statuses of the errors that an operation may answer with, for its documentation. One with 429
 * starts work, which is counted. That a key may be needed goes without saying.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Errors {
  int[] value();
}
