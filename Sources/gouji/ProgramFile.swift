import Glibc

/// The file of this program.
enum ProgramFile {
  /// Absolute, without links; the kernel's name for it where it has been removed.
  static let path: String = {
    let kernel = "/proc/self/exe"
    guard let path = realpath(kernel, nil) else { return kernel }
    defer { free(path) }
    return String(cString: path)
  }()
}
