package io.github.electra4j.convert.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5E_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Eset_auto2;
import static org.bytedeco.hdf5.global.hdf5.H5open;

import java.io.IOException;
import org.bytedeco.javacpp.Loader;

/**
 * HDF5's native library. It is not safe for several threads, so that callers hold {@link #LOCK}.
 */
final class Hdf5Library {
  /** Held during every call. */
  static final Object LOCK = new Object();

  private Hdf5Library() {}

  /**
   * Loads the library, which prints nothing of its own then.
   *
   * @throws IOException if there is none for this machine
   */
  static void load() throws IOException {
    synchronized (LOCK) {
      try {
        Loader.load(org.bytedeco.hdf5.global.hdf5.class);
      } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
        throw new IOException(
            "The HDF5 library cannot be loaded on this machine (%s); use model.safetensors or pytorch_model.bin instead of tf_model.h5."
                .formatted(Loader.getPlatform()),
            e);
      }
      require(H5open(), "HDF5 could not be started");
      require(H5Eset_auto2(H5E_DEFAULT, null, null), "HDF5's messages could not be turned off");
    }
  }

  /** The handle or size, after checking that the call succeeded. */
  static long require(long result, String problem) throws IOException {
    if (result < 0) {
      throw new IOException(problem);
    }
    return result;
  }
}
