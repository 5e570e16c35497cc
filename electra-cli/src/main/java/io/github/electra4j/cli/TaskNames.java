package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.GlueTask;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Every task that has a name of its own, for completion in the shell. */
final class TaskNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    List<String> names = new ArrayList<>();
    GlueTask.all().stream()
        .map(GlueTask::name)
        .filter(name -> !name.equals("ax")) // the diagnostic set is only predicted
        .forEach(names::add);
    names.addAll(QuestionTasks.NAMES);
    names.addAll(OtherTasks.TAGGING);
    names.addAll(RankingSplit.NAMES);
    names.add(IntentSplit.NAME);
    return List.copyOf(names).iterator();
  }
}
