package io.github.electra4j.cli.device;

/** The device that was asked for cannot compute; the message says why and what to do. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeviceException(String message) {
    super(message);
  }
}
