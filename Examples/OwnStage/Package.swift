// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "own-stage",
  dependencies: [.package(name: "gouji", path: "../..")],
  targets: [
    .executableTarget(
      name: "OwnStage",
      dependencies: [
        .product(name: "DocumentModel", package: "gouji"), .product(name: "PipelineKit", package: "gouji"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
