import CDigest
public import FoundationEssentials

/// SHA-256 by Nettle.
public enum Digest {
  /// The digest of `bytes` in lower-case hexadecimal.
  public static func sha256(of bytes: some DataProtocol) -> String {
    var context = sha256_ctx()
    nettle_sha256_init(&context)
    for region in bytes.regions {
      region.withUnsafeBytes { nettle_sha256_update(&context, $0.count, $0.baseAddress) }
    }
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    gouji_sha256_digest(&context, &digest)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
