package io.github.electra4j.convert.hdf5;

import static io.github.electra4j.convert.hdf5.Hdf5Library.require;
import static org.bytedeco.hdf5.global.hdf5.H5Aclose;
import static org.bytedeco.hdf5.global.hdf5.H5Acreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Awrite;
import static org.bytedeco.hdf5.global.hdf5.H5Dclose;
import static org.bytedeco.hdf5.global.hdf5.H5Dcreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Dwrite;
import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_EXCL;
import static org.bytedeco.hdf5.global.hdf5.H5F_SCOPE_GLOBAL;
import static org.bytedeco.hdf5.global.hdf5.H5Fclose;
import static org.bytedeco.hdf5.global.hdf5.H5Fcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Fflush;
import static org.bytedeco.hdf5.global.hdf5.H5Gclose;
import static org.bytedeco.hdf5.global.hdf5.H5Gcreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Gopen2;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_DATASET_CREATE_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_LINK_CREATE_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Pclose;
import static org.bytedeco.hdf5.global.hdf5.H5Pcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_create_intermediate_group;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_obj_track_times;
import static org.bytedeco.hdf5.global.hdf5.H5S_ALL;
import static org.bytedeco.hdf5.global.hdf5.H5S_SCALAR;
import static org.bytedeco.hdf5.global.hdf5.H5Sclose;
import static org.bytedeco.hdf5.global.hdf5.H5Screate;
import static org.bytedeco.hdf5.global.hdf5.H5Screate_simple;
import static org.bytedeco.hdf5.global.hdf5.H5T_C_S1_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_IEEE_F32LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_FLOAT_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STR_NULLPAD;
import static org.bytedeco.hdf5.global.hdf5.H5Tclose;
import static org.bytedeco.hdf5.global.hdf5.H5Tcopy;
import static org.bytedeco.hdf5.global.hdf5.H5Tset_size;
import static org.bytedeco.hdf5.global.hdf5.H5Tset_strpad;

import io.github.electra4j.convert.tensor.TensorMemory;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes weights as Keras's {@code save_weights} of TensorFlow 2 does: a group per layer, in it
 * each weight under its whole name, and the names in attributes.
 *
 * <pre>{@code
 * try (KerasWriter writer = KerasWriter.create(path)) {
 *   writer.add("electra", "tf_electra_model/electra/embeddings_project/bias:0", bias);
 *   writer.finish();
 * }
 * }</pre>
 */
public final class KerasWriter implements Closeable {
  private static final String BACKEND = "tensorflow";
  private static final String VERSION = "2.2.4-tf";

  /** Longest attribute that fits an object's header, as Keras has it. */
  private static final int LONGEST_ATTRIBUTE = 64512;

  /** More than HDF5's tables of any model take. */
  private static final int ROOM = 4 << 20;

  private final Path file;

  /** As large as what HDF5 writes when a file is closed, for which there must always be room. */
  private final Path room;

  private final Map<String, List<String>> layers = new LinkedHashMap<>();
  private long handle;

  private KerasWriter(Path file, Path room, long handle) {
    this.file = file;
    this.room = room;
    this.handle = handle;
  }

  /**
   * Starts a file; there must be none of that name. A second one is beside it meanwhile.
   *
   * @throws IOException if it cannot be made, or there is no HDF5 library for this machine
   */
  public static KerasWriter create(Path file) throws IOException {
    Hdf5Library.load();
    Path room = file.resolveSibling(file.getFileName() + ".room");
    try {
      Files.write(room, new byte[ROOM], StandardOpenOption.CREATE_NEW);
      synchronized (Hdf5Library.LOCK) {
        long handle =
            H5Fcreate(file.toAbsolutePath().toString(), H5F_ACC_EXCL, H5P_DEFAULT, H5P_DEFAULT);
        return new KerasWriter(file, room, require(handle, "HDF5 cannot create " + file));
      }
    } catch (IOException e) {
      Files.deleteIfExists(room);
      throw e;
    }
  }

  /**
   * Writes a weight.
   *
   * @param layer the layer that it belongs to
   * @param name its whole name, unique within the layer
   * @param array its numbers, FLOAT
   */
  public void add(String layer, String name, INDArray array) throws IOException {
    synchronized (Hdf5Library.LOCK) {
      if (layers.putIfAbsent(layer, new ArrayList<>()) == null) {
        long group = H5Gcreate2(handle, layer, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        H5Gclose(require(group, problem(layer)));
      }
      layers.get(layer).add(name);
      INDArray dense = TensorMemory.dense(array);
      write(layer + "/" + name, dense);
      if (dense != array) {
        dense.close();
      }
    }
  }

  private void write(String path, INDArray array) throws IOException {
    long[] shape = array.shape();
    long space = require(H5Screate_simple(shape.length, shape, null), problem(path));
    long links = require(H5Pcreate(H5P_CLS_LINK_CREATE_ID_g()), problem(path));
    long properties = require(H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g()), problem(path));
    long dataset = -1;
    try {
      require(H5Pset_create_intermediate_group(links, 1), problem(path));
      require(H5Pset_obj_track_times(properties, false), problem(path));
      dataset =
          require(
              H5Dcreate2(handle, path, H5T_IEEE_F32LE_g(), space, links, properties, H5P_DEFAULT),
              problem(path));
      require(
          H5Dwrite(
              dataset, H5T_NATIVE_FLOAT_g(), H5S_ALL, H5S_ALL, H5P_DEFAULT, array.data().pointer()),
          problem(path));
    } finally {
      H5Dclose(dataset);
      H5Pclose(properties);
      H5Pclose(links);
      H5Sclose(space);
      Reference.reachabilityFence(array);
    }
  }

  /** Writes the names and everything that is still in memory. */
  public void finish() throws IOException {
    synchronized (Hdf5Library.LOCK) {
      Files.delete(room);
      list("/", "layer_names", new ArrayList<>(layers.keySet()));
      for (Map.Entry<String, List<String>> layer : layers.entrySet()) {
        list(layer.getKey(), "weight_names", layer.getValue());
      }
      attribute("/", "backend", List.of(BACKEND), true);
      attribute("/", "keras_version", List.of(VERSION), true);
      require(H5Fflush(handle, H5F_SCOPE_GLOBAL), problem("the end"));
      long finished = handle;
      handle = -1;
      require(H5Fclose(finished), problem("the end"));
    }
  }

  /** A list in one attribute, or in several where it is too long for one. */
  private void list(String owner, String key, List<String> names) throws IOException {
    int width = width(names);
    int perPart = Math.max(1, LONGEST_ATTRIBUTE / width);
    if (names.size() <= perPart) {
      attribute(owner, key, names, false);
      return;
    }
    for (int part = 0; part * perPart < names.size(); part++) {
      int end = Math.min(names.size(), (part + 1) * perPart);
      attribute(owner, key + part, names.subList(part * perPart, end), false);
    }
  }

  private static int width(List<String> texts) {
    return texts.stream()
        .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
        .max()
        .orElse(1);
  }

  private void attribute(String owner, String key, List<String> texts, boolean scalar)
      throws IOException {
    int width = width(texts);
    byte[] cells = new byte[width * texts.size()];
    for (int i = 0; i < texts.size(); i++) {
      byte[] utf8 = texts.get(i).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(utf8, 0, cells, i * width, utf8.length);
    }
    long type = require(H5Tcopy(H5T_C_S1_g()), problem(key));
    long space =
        scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, new long[] {texts.size()}, null);
    long object = H5Gopen2(handle, owner, H5P_DEFAULT);
    long attribute = -1;
    try (BytePointer bytes = new BytePointer(cells)) {
      require(H5Tset_size(type, width), problem(key));
      require(H5Tset_strpad(type, H5T_STR_NULLPAD), problem(key));
      attribute =
          require(H5Acreate2(object, key, type, space, H5P_DEFAULT, H5P_DEFAULT), problem(key));
      require(H5Awrite(attribute, type, bytes), problem(key));
    } finally {
      H5Aclose(attribute);
      H5Gclose(object);
      H5Sclose(space);
      H5Tclose(type);
    }
  }

  private String problem(String what) {
    return "HDF5 cannot write %s of %s; the disk may be full.".formatted(what, file);
  }

  /** Ends the writing; without {@link #finish} the file is of no use. */
  @Override
  public void close() throws IOException {
    synchronized (Hdf5Library.LOCK) {
      if (handle >= 0) {
        giveUp();
      }
    }
  }

  /**
   * Closes a file that is of no use. HDF5 writes its tables nevertheless, and where it cannot,
   * because the disk is full, it crashes at the end of the process (1.12.1, H5F_get_nrefs). So room
   * is made for them.
   */
  private void giveUp() throws IOException {
    long unfinished = handle;
    handle = -1;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Files.deleteIfExists(room);
      channel.truncate(0);
    } finally {
      H5Fclose(unfinished);
    }
  }
}
