package io.github.electra4j.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_HEADER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The order of a command's help: examples, what must be given, what it does, then every option
 * under a heading.
 */
final class HelpLayout {
  private static final String EXAMPLES = "examples";
  private static final int WIDTH = 100;

  private HelpLayout() {}

  /** Gives a command and all below it this help. */
  static void apply(CommandLine line) {
    line.setUsageHelpWidth(WIDTH);
    line.setHelpSectionKeys(
        List.of(
            EXAMPLES,
            SECTION_KEY_SYNOPSIS_HEADING,
            SECTION_KEY_SYNOPSIS,
            SECTION_KEY_HEADER,
            SECTION_KEY_DESCRIPTION,
            SECTION_KEY_PARAMETER_LIST,
            SECTION_KEY_OPTION_LIST,
            SECTION_KEY_COMMAND_LIST_HEADING,
            SECTION_KEY_COMMAND_LIST,
            SECTION_KEY_FOOTER));
    Map<String, IHelpSectionRenderer> renderers = new HashMap<>(line.getHelpSectionMap());
    renderers.put(EXAMPLES, HelpLayout::examples);
    renderers.put(SECTION_KEY_SYNOPSIS, HelpLayout::synopsis);
    renderers.put(SECTION_KEY_HEADER, help -> "%n".formatted() + help.header());
    renderers.put(SECTION_KEY_PARAMETER_LIST, HelpLayout::parameters);
    renderers.put(SECTION_KEY_OPTION_LIST, HelpLayout::options);
    line.setHelpSectionMap(renderers);
  }

  private static String examples(Help help) {
    StringBuilder text = new StringBuilder("Examples:%n".formatted());
    Examples examples = help.commandSpec().userObject().getClass().getAnnotation(Examples.class);
    for (String example : examples.value()) {
      text.append("  %s%n".formatted(example));
    }
    return text.append("%n".formatted()).toString();
  }

  private static String synopsis(Help help) {
    CommandSpec command = help.commandSpec();
    List<String> words = new ArrayList<>();
    words.add(command.qualifiedName());
    command.positionalParameters().forEach(each -> words.add(word(each)));
    for (OptionSpec option : command.options()) {
      if (option.required() && option.group() == null) {
        words.add(option.longestName() + "=" + option.paramLabel());
      }
    }
    command.argGroups().stream().map(ArgGroupSpec::synopsis).forEach(words::add);
    words.add("[OPTIONS]");
    if (!command.subcommands().isEmpty()) {
      words.add("COMMAND");
    }
    return String.join(" ", words) + "%n".formatted();
  }

  private static String word(PositionalParamSpec parameter) {
    return parameter.required() ? parameter.paramLabel() : "[" + parameter.paramLabel() + "]";
  }

  private static String parameters(Help help) {
    return help.commandSpec().positionalParameters().isEmpty()
        ? ""
        : "%n".formatted() + positional(help);
  }

  private static String positional(Help help) {
    Help.Layout layout =
        help.createDefaultLayout(
            help.commandSpec().options(),
            help.commandSpec().positionalParameters(),
            help.colorScheme());
    for (PositionalParamSpec each : help.commandSpec().positionalParameters()) {
      layout.layout(
          each,
          Paragraphs.of(
              help.createDefaultParameterRenderer()
                  .render(each, help.parameterLabelRenderer(), help.colorScheme()),
              layout));
    }
    return layout.toString();
  }

  private static String options(Help help) {
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    for (OptionSpec option : help.commandSpec().options()) {
      groups.computeIfAbsent(heading(option), heading -> new ArrayList<>()).add(option);
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<OptionSpec>> group : groups.entrySet()) {
      Help.Layout layout =
          help.createDefaultLayout(
              help.commandSpec().options(),
              help.commandSpec().positionalParameters(),
              help.colorScheme());
      for (OptionSpec option : group.getValue()) {
        layout.layout(
            option,
            Paragraphs.of(
                help.createDefaultOptionRenderer()
                    .render(option, help.parameterLabelRenderer(), help.colorScheme()),
                layout));
      }
      text.append("%n%s:%n".formatted(group.getKey())).append(layout);
    }
    return text.toString();
  }

  private static String heading(ArgSpec option) {
    Field field = (Field) option.userObject();
    OptionGroup own = field.getAnnotation(OptionGroup.class);
    return own != null
        ? own.value()
        : field.getDeclaringClass().getAnnotation(OptionGroup.class).value();
  }
}
