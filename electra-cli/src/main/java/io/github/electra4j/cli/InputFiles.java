package io.github.electra4j.cli;

import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that a user names on the command line. */
final class InputFiles {
  private InputFiles() {}

  /**
   * The same file, after checking that there is one.
   *
   * @throws FileSystemException when it is missing or a folder
   */
  static Path existing(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "this is a folder. Give a file.");
    }
    return file;
  }

  /**
   * The settings that the original's commands take as {@code --hparams}.
   *
   * @param given a file whose name ends in {@code .json}, or a JSON object
   * @throws IOException when there is no such file, or the text is no JSON object in UTF-8
   */
  static JsonFields hparams(String given) throws IOException {
    if (!given.endsWith(".json")) {
      return JsonFields.parse("--hparams", given);
    }
    try {
      return JsonFields.parse(given, Files.readString(existing(Path.of(given))));
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(given, "this is not UTF-8 text. Save it as UTF-8.", e);
    }
  }
}
