package io.github.electra4j.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The heading under which an option stands in the help; on a class, of all options in it. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE})
@interface OptionGroup {
  /** Models, data and how they are read. */
  String INPUT = "Input";

  /** How a model learns. */
  String OPTIMISATION = "Optimisation";

  /** What is written, and in which form. */
  String OUTPUT = "Output";

  /** What every command has. */
  String GENERAL = "General";

  /** The heading. */
  String value();
}
