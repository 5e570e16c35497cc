package io.github.electra4j.convert;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The real disk, except that its n-th change fails: the opening of a file for writing, a write
 * (after half of its bytes), a flush, a rename or the making of a folder. Whatever writes through
 * the paths of this system meets the failure, however it opens its files.
 */
final class FailingFileSystem extends FileSystemProvider {
  private static final FileSystem REAL = FileSystems.getDefault();

  private final int failAt;
  private final FileSystem system;
  private int changes;

  private FailingFileSystem(int failAt) {
    this.failAt = failAt;
    this.system = new RealNames(this);
  }

  /** What the failing change throws. */
  static final class DiskFull extends IOException {
    private static final long serialVersionUID = 1L;

    DiskFull(String change) {
      super("No space left on device, while trying to " + change);
    }
  }

  /** A disk whose change {@code failAt}, counted from 0, fails. */
  static FailingFileSystem at(int failAt) {
    return new FailingFileSystem(failAt);
  }

  /** Whether the failing change was reached. */
  boolean hasFailed() {
    return changes > failAt;
  }

  private boolean fails() {
    return changes++ == failAt;
  }

  private void change(String what) throws IOException {
    if (fails()) {
      throw new DiskFull(what);
    }
  }

  /** A path that belongs to this system and does what the real one does. */
  private final class Handler implements InvocationHandler {
    private final Path real;

    private Handler(Path real) {
      this.real = real;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "getFileSystem":
          return system;
        case "iterator":
          List<Path> names = new ArrayList<>();
          real.forEach(name -> names.add(wrap(name)));
          return names.iterator();
        case "toFile":
          throw new UnsupportedOperationException("toFile leaves this file system");
        default:
          break;
      }
      Object[] plain = arguments == null ? new Object[0] : arguments.clone();
      for (int i = 0; i < plain.length; i++) {
        plain[i] = plain[i] instanceof Path path ? unwrap(path) : plain[i];
      }
      try {
        Object result = method.invoke(real, plain);
        return result instanceof Path path ? wrap(path) : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  /** A path of the real disk, as one of this system. */
  Path wrap(Path real) {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(), new Class<?>[] {Path.class}, new Handler(real));
  }

  private static Path unwrap(Path path) {
    return Proxy.isProxyClass(path.getClass())
            && Proxy.getInvocationHandler(path) instanceof Handler handler
        ? handler.real
        : path;
  }

  private static FileSystemProvider real() {
    return REAL.provider();
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (!options.contains(StandardOpenOption.WRITE)
        && !options.contains(StandardOpenOption.APPEND)) {
      return real().newFileChannel(unwrap(path), options, attributes);
    }
    change("open " + path);
    return new FailingChannel(
        real().newFileChannel(unwrap(path), options, attributes), this::fails, DiskFull::new);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> stream =
        real().newDirectoryStream(unwrap(folder), each -> filter.accept(wrap(each)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        List<Path> paths = new ArrayList<>();
        stream.forEach(each -> paths.add(wrap(each)));
        return paths.iterator();
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    change("make " + folder);
    real().createDirectory(unwrap(folder), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    real().delete(unwrap(path));
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) throws IOException {
    change("copy " + from);
    real().copy(unwrap(from), unwrap(to), options);
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    change("rename " + from);
    real().move(unwrap(from), unwrap(to), options);
  }

  @Override
  public boolean isSameFile(Path left, Path right) throws IOException {
    return real().isSameFile(unwrap(left), unwrap(right));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real().isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real().getFileStore(unwrap(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real().checkAccess(unwrap(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real().getFileAttributeView(unwrap(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real().readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return real().readAttributes(unwrap(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    real().setAttribute(unwrap(path), name, value, options);
  }

  @Override
  public String getScheme() {
    return "failing";
  }

  @Override
  public FileSystem newFileSystem(URI address, Map<String, ?> environment) {
    throw new UnsupportedOperationException("made by at()");
  }

  @Override
  public FileSystem getFileSystem(URI address) {
    return system;
  }

  @Override
  public Path getPath(URI address) {
    return wrap(Path.of(address));
  }
}
