// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "gouji",
  products: [
    .executable(name: "gouji", targets: ["gouji"]),
    .library(name: "DocumentModel", targets: ["DocumentModel"]),
    .library(name: "PipelineKit", targets: ["PipelineKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    // Paths, in which swift-subprocess speaks, too.
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
  ],
  targets: [
    // The doors to C, each as thin as it can be. Small libraries that nothing else brings are linked as archives, which
    // their module maps name: to load them costs as much as to read a short page.
    .systemLibrary(
      name: "CCompression", path: "Sources/CLibraries/CCompression", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CDigest", path: "Sources/CLibraries/CDigest", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(
      name: "CJSON", path: "Sources/CLibraries/CJSON", providers: [.apt(["libjansson-dev"])]),
    .systemLibrary(name: "CMemory", path: "Sources/CLibraries/CMemory"),
    .systemLibrary(
      name: "CPattern", path: "Sources/CLibraries/CPattern",
      providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CYAML", path: "Sources/CLibraries/CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CZlib", path: "Sources/CLibraries/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CPopplerPrivate", path: "Sources/CLibraries/CPopplerPrivate", pkgConfig: "poppler",
      providers: [.apt(["libpoppler-private-dev"])]),
    // Loaded when they are first needed; their headers and they come with the packages that README lists.
    .target(name: "COnDemand", path: "Sources/CLibraries/COnDemand"),
    .target(name: "CArchive", dependencies: ["COnDemand"], path: "Sources/CLibraries/CArchive"),
    .target(name: "CBrotli", dependencies: ["COnDemand"], path: "Sources/CLibraries/CBrotli"),
    .target(name: "CCharset", dependencies: ["COnDemand"], path: "Sources/CLibraries/CCharset"),
    .target(name: "CLeptonica", dependencies: ["COnDemand"], path: "Sources/CLibraries/CLeptonica"),
    .target(name: "CPopplerGlib", dependencies: ["COnDemand"], path: "Sources/CLibraries/CPopplerGlib"),
    .target(name: "CSQLite", dependencies: ["COnDemand"], path: "Sources/CLibraries/CSQLite"),
    .target(name: "CTesseract", dependencies: ["COnDemand"], path: "Sources/CLibraries/CTesseract"),
    .target(name: "CXML", dependencies: ["COnDemand"], path: "Sources/CLibraries/CXML"),
    .target(name: "CJail", path: "Sources/CLibraries/CJail"),
    .target(name: "CWatch", path: "Sources/CLibraries/CWatch"),
    .target(name: "CPoppler", dependencies: ["CPopplerPrivate"], path: "Sources/CLibraries/CPoppler"),

    // The model, and the protocol every stage is written against.
    .target(name: "DocumentModel"),
    .target(
      name: "PipelineKit",
      dependencies: [
        "DocumentModel", "CCompression", "CDigest", "CJail", "CJSON", "CPattern", "CWatch", "CYAML",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // The rooms. Siblings never import each other.
    .target(
      name: "Reading",
      dependencies: [
        "DocumentModel", "PipelineKit", "CArchive", "CCharset", "CLeptonica", "CPoppler", "CPopplerGlib", "CTesseract",
        "CXML",
      ]),
    .target(name: "TextStages", dependencies: ["DocumentModel", "PipelineKit"]),
    .target(name: "TableStages", dependencies: ["DocumentModel", "PipelineKit"]),
    .target(name: "RecordStages", dependencies: ["DocumentModel", "PipelineKit"]),
    .target(
      name: "BulkRunning",
      dependencies: [
        "DocumentModel", "PipelineKit", "CArchive", "CBrotli", "CJail", "CZlib",
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "Reporting", dependencies: ["DocumentModel", "PipelineKit", "CSQLite"],
      // In the program itself, so that one that is installed needs no files beside it.
      resources: [
        "index.html", "style.css", "strings.json", "labels.js", "model.js", "marks.js", "paper.js", "text.js",
        "record.js", "lists.js", "detail.js", "corrections.js", "main.js",
      ].map { .embedInCode("Inspection/Page/\($0)") }
        + ["record", "tables", "document", "manifest"].map { .embedInCode("Schemas/\($0).schema.json") }
        + ["overview.css", "overview.json"].map { .embedInCode("Overview/Page/\($0)") }),
    .executableTarget(
      name: "gouji",
      dependencies: [
        "CMemory", "DocumentModel", "PipelineKit", "Reading", "TextStages", "TableStages", "RecordStages",
        "BulkRunning",
        "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      // Other libraries keep to the copies that they came with.
      linkerSettings: [
        .unsafeFlags(["-Xlinker", "--exclude-libs=libjansson.a:libnettle.a:libpcre2-8.a:libyaml.a"])
      ]),

    .target(
      name: "TestSupport",
      dependencies: ["DocumentModel", "PipelineKit", .product(name: "Logging", package: "swift-log")]),
    .testTarget(name: "DocumentModelTests", dependencies: ["DocumentModel", "TestSupport"]),
    .testTarget(name: "PipelineKitTests", dependencies: ["DocumentModel", "PipelineKit", "TestSupport"]),
    .testTarget(name: "ReadingTests", dependencies: ["DocumentModel", "PipelineKit", "Reading", "TestSupport"]),
    .testTarget(name: "TextStagesTests", dependencies: ["DocumentModel", "PipelineKit", "TextStages", "TestSupport"]),
    .testTarget(
      name: "TableStagesTests", dependencies: ["DocumentModel", "PipelineKit", "TableStages", "TestSupport"]),
    // Tables that are damaged at random, for the tests and for scripts/bench/reconcile.
    .target(name: "ReconciliationTrials", dependencies: ["RecordStages"], path: "Tests/ReconciliationTrials"),
    .executableTarget(
      name: "ReconciliationBenchmark", dependencies: ["ReconciliationTrials", "RecordStages"],
      path: "Tests/ReconciliationBenchmark"),
    .testTarget(
      name: "RecordStagesTests",
      dependencies: ["DocumentModel", "PipelineKit", "ReconciliationTrials", "RecordStages", "TestSupport"]),
    // A worker that does what its documents say, to see what comes of it.
    .executableTarget(
      name: "MockWorker", dependencies: ["BulkRunning", "DocumentModel", "PipelineKit"], path: "Tests/MockWorker"),
    .testTarget(
      name: "BulkRunningTests",
      dependencies: [
        "BulkRunning", "DocumentModel", "MockWorker", "PipelineKit", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .testTarget(name: "ReportingTests", dependencies: ["DocumentModel", "PipelineKit", "Reporting", "TestSupport"]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "DocumentModel", "MockWorker", "PipelineKit", "TestSupport", "gouji",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

for target in package.targets where target.path?.hasPrefix("Sources/CLibraries/") != true {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .treatAllWarnings(as: .error),
    ]
}
