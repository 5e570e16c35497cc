package io.github.electra4j.convert.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5D_CONTIGUOUS;
import static org.bytedeco.hdf5.global.hdf5.H5Dclose;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_create_plist;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_offset;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_space;
import static org.bytedeco.hdf5.global.hdf5.H5Dopen2;
import static org.bytedeco.hdf5.global.hdf5.H5Dread;
import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_RDONLY;
import static org.bytedeco.hdf5.global.hdf5.H5Fclose;
import static org.bytedeco.hdf5.global.hdf5.H5Fopen;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Pclose;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_external_count;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_layout;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_nfilters;
import static org.bytedeco.hdf5.global.hdf5.H5S_ALL;
import static org.bytedeco.hdf5.global.hdf5.H5Sclose;
import static org.bytedeco.hdf5.global.hdf5.H5Sget_simple_extent_dims;
import static org.bytedeco.hdf5.global.hdf5.H5Sget_simple_extent_ndims;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_DOUBLE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_FLOAT_g;

import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A weight file of Keras in HDF5, such as HuggingFace's {@code tf_model.h5}.
 *
 * <pre>{@code
 * try (KerasFile file = KerasFile.open(Path.of("tf_model.h5"))) {
 *   INDArray bias = file.read("tf_electra_model/electra/embeddings_project/bias:0");
 * }
 * }</pre>
 */
public final class KerasFile implements TensorSource {
  private final Path file;
  private final Map<String, KerasDataset> datasets;
  private final Map<String, StoredTensor> tensors;
  private long handle = -1;

  private KerasFile(Path file, Map<String, KerasDataset> datasets) {
    this.file = file;
    this.datasets = datasets;
    Map<String, StoredTensor> byName = new LinkedHashMap<>();
    datasets.forEach((name, dataset) -> byName.put(name, dataset.tensor()));
    this.tensors = Collections.unmodifiableMap(byName);
  }

  /**
   * Checks a file's tables and opens it. HDF5's native library sees the file only after the check.
   *
   * @throws MalformedFileException if it is damaged or not as Keras writes it
   * @throws IOException if there is no HDF5 library for this machine
   */
  public static KerasFile open(Path path) throws IOException {
    KerasFile file = new KerasFile(path, KerasTable.read(path));
    Hdf5Library.load();
    synchronized (Hdf5Library.LOCK) {
      file.handle = H5Fopen(path.toAbsolutePath().toString(), H5F_ACC_RDONLY, H5P_DEFAULT);
    }
    if (file.handle < 0) {
      throw file.wrong("HDF5 cannot open the file");
    }
    return file;
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /** As the interface says; HALF is widened to FLOAT. */
  @Override
  public INDArray read(String name) throws IOException {
    KerasDataset dataset = datasets.get(name);
    if (dataset == null) {
      throw new IllegalArgumentException("%s has no weight %s".formatted(file, name));
    }
    DataType type = dataset.tensor().type() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
    INDArray array = TensorMemory.allocate(type, dataset.tensor().shape());
    if (array.isEmpty()) {
      return array;
    }
    synchronized (Hdf5Library.LOCK) {
      long id = H5Dopen2(handle, dataset.path(), H5P_DEFAULT);
      try {
        if (id < 0) {
          throw wrong("HDF5 cannot open the weight " + name);
        }
        requireSame(id, dataset);
        long memory = type == DataType.DOUBLE ? H5T_NATIVE_DOUBLE_g() : H5T_NATIVE_FLOAT_g();
        if (H5Dread(id, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, array.data().pointer()) < 0) {
          throw wrong("HDF5 cannot read the weight " + name);
        }
      } finally {
        H5Dclose(id);
        Reference.reachabilityFence(array);
      }
    }
    return array;
  }

  /** Refuses a weight that HDF5 understands in another way than the check before. */
  private void requireSame(long id, KerasDataset dataset) throws MalformedFileException {
    long[] expected = dataset.tensor().shape();
    long space = H5Dget_space(id);
    long[] shape = new long[expected.length];
    boolean sameShape =
        H5Sget_simple_extent_ndims(space) == expected.length
            && (expected.length == 0
                || H5Sget_simple_extent_dims(space, shape, null) == expected.length)
            && Arrays.equals(shape, expected);
    H5Sclose(space);
    long properties = H5Dget_create_plist(id);
    boolean plain =
        H5Pget_layout(properties) == H5D_CONTIGUOUS
            && H5Pget_external_count(properties) == 0
            && H5Pget_nfilters(properties) == 0;
    H5Pclose(properties);
    if (!sameShape || !plain || H5Dget_offset(id) != dataset.data()) {
      throw wrong("weight %s is not what its header says".formatted(dataset.tensor().name()));
    }
  }

  private MalformedFileException wrong(String problem) {
    return MalformedFileException.in(file, problem + ". The file is damaged; get it again.");
  }

  @Override
  public void close() {
    synchronized (Hdf5Library.LOCK) {
      if (handle >= 0) {
        H5Fclose(handle);
        handle = -1;
      }
    }
  }
}
