package io.github.electra4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A BERT checkpoint of the size of the demo's discriminator. */
final class DemoBert {
  private final Map<String, INDArray> tensors = new TreeMap<>();

  private DemoBert() {
    put("bert/embeddings/word_embeddings", 64, 16);
    put("bert/embeddings/position_embeddings", 32, 16);
    put("bert/embeddings/token_type_embeddings", 2, 16);
    norm("bert/embeddings/LayerNorm");
    for (String part : new String[] {"query", "key", "value"}) {
      dense("bert/encoder/layer_0/attention/self/" + part, 16, 16);
    }
    dense("bert/encoder/layer_0/attention/output/dense", 16, 16);
    norm("bert/encoder/layer_0/attention/output/LayerNorm");
    dense("bert/encoder/layer_0/intermediate/dense", 16, 24);
    dense("bert/encoder/layer_0/output/dense", 24, 16);
    norm("bert/encoder/layer_0/output/LayerNorm");
    dense("bert/pooler/dense", 16, 16);
    put("cls/seq_relationship/output_weights", 2, 16);
    put("cls/seq_relationship/output_bias", 2);
    put("cls/predictions/output_bias", 64);
  }

  /** Writes it into a new folder, beside this vocabulary; returns its prefix. */
  static Path in(Path folder, Path vocabulary) throws IOException {
    Path prefix = DemoFiles.bundle(folder.resolve("bert_model.ckpt"), new DemoBert().tensors);
    Files.copy(vocabulary, folder.resolve("vocab.txt"));
    return prefix;
  }

  private void dense(String name, long in, long out) {
    put(name + "/kernel", in, out);
    put(name + "/bias", out);
  }

  private void norm(String name) {
    put(name + "/gamma", 16);
    put(name + "/beta", 16);
  }

  private void put(String name, long... shape) {
    tensors.put(name, Nd4j.rand(DataType.FLOAT, shape));
  }
}
