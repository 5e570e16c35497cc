package io.github.electra4j.cli;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Tells what the network, a port or the disk is to blame for from what is wrong with a file. */
final class MachineFaults {
  /** What operating systems say, for which Java has no types. */
  private static final Pattern DISK =
      Pattern.compile(
          "No space left on device|Disk quota exceeded|Read-only file system|Input/output error"
              + "|Too many open files|not enough space on the disk");

  private MachineFaults() {}

  /** Whether an error, or what caused it, is of this kind. */
  static boolean isOne(IOException error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (isOfNetwork(each) || isOfDisk(each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfNetwork(Throwable error) {
    return error instanceof SocketException
        || error instanceof SocketTimeoutException
        || error instanceof UnknownHostException
        || error instanceof HttpTimeoutException
        || error instanceof SSLException;
  }

  private static boolean isOfDisk(Throwable error) {
    return error instanceof IOException
        && error.getMessage() != null
        && DISK.matcher(error.getMessage()).find();
  }
}
