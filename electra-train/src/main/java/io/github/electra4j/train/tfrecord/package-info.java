/**
 * TensorFlow's record files. In reading order: {@link
 * io.github.electra4j.train.tfrecord.RecordWriter} and {@link
 * io.github.electra4j.train.tfrecord.RecordReader} (records of bytes with checksums), {@link
 * io.github.electra4j.train.tfrecord.RecordFile} (the same by number), {@link
 * io.github.electra4j.train.tfrecord.FeatureList} and {@link
 * io.github.electra4j.train.tfrecord.ExampleMessage} ({@code tf.train.Example}).
 */
package io.github.electra4j.train.tfrecord;
