/**
 * Keras's weight files in HDF5, {@code tf_model.h5}: {@link
 * io.github.electra4j.convert.hdf5.KerasFile} reads, {@link
 * io.github.electra4j.convert.hdf5.KerasWriter} writes. HDF5's own library, native code, moves the
 * numbers; because a damaged file can make it crash, a reader in Java checks every table first.
 */
package io.github.electra4j.convert.hdf5;
