package io.github.electra4j.model.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.op.EmbeddingLookup;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.BasicAffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An operation in Java sees what the device computed, and the device what Java did. */
class HostAccessTest {
  private static final float[] TABLE = {1, 2, 3, 4, 5, 6};

  /** A device whose copy of an array comes to the host when it is asked for, once. */
  private static final class OtherMemory extends BasicAffinityManager {
    @Override
    public void touch(DataBuffer buffer) {}

    @Override
    public void touch(INDArray array) {}

    private final IdentityHashMap<DataBuffer, INDArray> newerOnDevice = new IdentityHashMap<>();
    private final List<INDArray> newerOnHost = new ArrayList<>();

    @Override
    public void ensureLocation(INDArray array, Location location) {
      assertEquals(Location.HOST, location);
      INDArray content = newerOnDevice.remove(array.data());
      if (content != null) {
        array.assign(content);
      }
    }

    @Override
    public void tagLocation(INDArray array, Location location) {
      assertEquals(Location.HOST, location);
      newerOnHost.add(array.dup());
    }
  }

  private final OtherMemory device = new OtherMemory();
  private final SameDiff graph = SameDiff.create();
  private final INDArray table = Nd4j.createFromArray(TABLE).reshape(3, 2);
  private final Map<String, INDArray> feeds = Map.of("ids", Nd4j.createFromArray(2, 0));

  private ExecutionPlan lookup(boolean fused) {
    SDVariable ids = graph.placeHolder("ids", DataType.INT32, -1);
    EmbeddingLookup.build("rows", graph.var("table", table), ids);
    List<String> wanted = List.of("rows");
    return PlanCompiler.compile(
        graph,
        GraphOrder.of(graph, wanted),
        feeds,
        new PlanCompiler.Target(wanted, new Arena(), fused, new HostAccess(device)));
  }

  @Test
  void whatTheDeviceWroteIsReadAndWhatJavaWroteIsAnnounced() {
    ExecutionPlan plan = lookup(false);
    device.newerOnHost.clear();
    DataBuffer bound = graph.getVariable("table").getArr().data();
    device.newerOnDevice.put(bound, Nd4j.createFromArray(10f, 20, 30, 40, 50, 60).reshape(3, 2));
    plan.run(feeds);
    float[] expected = {50, 60, 10, 20};
    assertArrayEquals(expected, plan.outputs().get("rows").reshape(4).toFloatVector());
    assertEquals(1, device.newerOnHost.size());
    assertArrayEquals(expected, device.newerOnHost.get(0).reshape(4).toFloatVector());
  }

  @Test
  void fusedGraphsHaveOneMemoryAndAskNobody() {
    lookup(true).run(feeds);
    assertEquals(List.of(), device.newerOnHost);
  }
}
