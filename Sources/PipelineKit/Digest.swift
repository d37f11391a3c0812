import CDigest
public import Foundation

/// SHA-256 by OpenSSL.
public enum Digest {
  /// The digest of `bytes` in lower-case hexadecimal.
  public static func sha256(of bytes: some DataProtocol) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    guard let context = EVP_MD_CTX_new() else { preconditionFailure("no memory for a digest") }
    defer { EVP_MD_CTX_free(context) }
    var isGood = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    for region in bytes.regions {
      region.withUnsafeBytes { isGood = isGood && EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1 }
    }
    isGood = isGood && EVP_DigestFinal_ex(context, &digest, &length) == 1
    precondition(isGood, "OpenSSL refused SHA-256")
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
