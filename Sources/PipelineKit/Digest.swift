import CDigest
public import FoundationEssentials

/// Digests by Nettle.
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

  /// What web archives name their contents by.
  public enum Algorithm: String, Sendable {
    case md5, sha1, sha256
  }

  /// The digest of `bytes`: 16, 20 or 32 bytes.
  public static func bytes(of bytes: [UInt8], _ algorithm: Algorithm) -> [UInt8] {
    switch algorithm {
    case .md5:
      var context = md5_ctx()
      nettle_md5_init(&context)
      nettle_md5_update(&context, bytes.count, bytes)
      var digest = [UInt8](repeating: 0, count: Int(MD5_DIGEST_SIZE))
      gouji_md5_digest(&context, &digest)
      return digest
    case .sha1:
      var context = sha1_ctx()
      nettle_sha1_init(&context)
      nettle_sha1_update(&context, bytes.count, bytes)
      var digest = [UInt8](repeating: 0, count: Int(SHA1_DIGEST_SIZE))
      gouji_sha1_digest(&context, &digest)
      return digest
    case .sha256:
      var context = sha256_ctx()
      nettle_sha256_init(&context)
      nettle_sha256_update(&context, bytes.count, bytes)
      var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
      gouji_sha256_digest(&context, &digest)
      return digest
    }
  }
}
