package io.github.electra4j.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Command lines that show how a command is used; its help begins with them. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Examples {
  /** Whole command lines, as one would type them. */
  String[] value();
}
