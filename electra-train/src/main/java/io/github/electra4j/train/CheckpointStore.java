package io.github.electra4j.train;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The saved states of one run in one folder: {@code run.json} says which run it is, {@code
 * step-00000500} is a checkpoint with its optimizer. A state appears whole or not at all, and the
 * one before it is deleted only afterwards. While a store is open, no other process can open the
 * folder.
 */
public final class CheckpointStore implements Closeable {
  private static final Pattern STEP = Pattern.compile("step-(\\d{8})");

  /** What a process that was killed while it saved has left. */
  private static final Pattern HALF_WRITTEN =
      Pattern.compile("\\.(run\\.json|step-\\d{8})\\.[0-9a-f]{8}\\.tmp");

  private final Path folder;
  private final RunFile run;
  private final int keep;

  private CheckpointStore(Path folder, RunFile run, int keep) {
    this.folder = folder;
    this.run = run;
    this.keep = keep;
  }

  /**
   * Opens the folder of a run, creating it if it is not there, and removes what a process that was
   * killed has left half-written.
   *
   * @param identity everything that shapes the run: settings, data, starting weights
   * @param keep saved states to keep, at least 1
   * @throws java.nio.file.FileSystemException when the folder is open, here or in another process
   * @throws MalformedFileException when states of another run are there; every difference is named
   */
  public static CheckpointStore open(Path folder, Map<String, String> identity, int keep)
      throws IOException {
    if (keep < 1) {
      throw new IllegalArgumentException(
          "CheckpointStore.keep is %d; keep at least 1".formatted(keep));
    }
    RunFile run = RunFile.claim(folder, identity);
    CheckpointStore store = new CheckpointStore(folder, run, keep);
    try {
      for (Path rest : children(folder, HALF_WRITTEN)) {
        deleteTree(rest);
      }
      if (store.states().isEmpty()) {
        run.replace(identity);
      } else {
        run.requireSame(identity);
      }
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
    return store;
  }

  /** Steps that the newest saved state has behind it, if there is one. */
  public OptionalLong latestStep() throws IOException {
    List<Path> states = states();
    if (states.isEmpty()) {
      return OptionalLong.empty();
    }
    String name = states.get(states.size() - 1).getFileName().toString();
    return OptionalLong.of(Long.parseLong(name.substring(name.indexOf('-') + 1)));
  }

  /**
   * The newest saved state, if there is one.
   *
   * @throws MalformedFileException when it is damaged, or has lost its optimizer
   */
  public Optional<Checkpoint> latest() throws IOException {
    List<Path> states = states();
    if (states.isEmpty()) {
      return Optional.empty();
    }
    Path newest = states.get(states.size() - 1);
    Checkpoint state = Checkpoint.read(newest);
    if (state.optimizer().isEmpty()) {
      throw MalformedFileException.in(
          newest, "it has no optimizer state, so training cannot go on from it.");
    }
    return Optional.of(state);
  }

  /**
   * Saves a state and then deletes those beyond the number to keep.
   *
   * @param state a checkpoint with an optimizer state
   */
  public void save(Checkpoint state) throws IOException {
    long step =
        state
            .optimizer()
            .orElseThrow(
                () ->
                    new IllegalArgumentException("Only a state with its optimizer can be resumed"))
            .globalStep();
    Path target = folder.resolve("step-%08d".formatted(step));
    state.write(target, Files.exists(target));
    List<Path> states = states();
    for (Path old : states.subList(0, Math.max(0, states.size() - keep))) {
      deleteTree(old);
    }
  }

  /** Deletes the folder with everything in it, when the run is complete, and closes the store. */
  public void delete() throws IOException {
    run.close();
    deleteTree(folder);
  }

  /** Lets others open the folder. */
  @Override
  public void close() throws IOException {
    run.close();
  }

  private List<Path> states() throws IOException {
    return children(folder, STEP);
  }

  private static List<Path> children(Path of, Pattern named) throws IOException {
    try (Stream<Path> children = Files.list(of)) {
      return children
          .filter(child -> named.matcher(child.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
