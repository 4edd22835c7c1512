//! What Windows reads off the program: its icon, version and manifest. On other systems nothing is done.

fn main() {
    println!("cargo::rerun-if-changed=packaging/windows/build.rs");
    println!("cargo::rerun-if-changed=packaging/windows/poolkey.manifest");
    println!("cargo::rerun-if-changed=assets/icons/poolkey.ico");
    #[cfg(windows)]
    resources();
}

/// Name, version and description are those of Cargo.toml.
#[cfg(windows)]
fn resources() {
    let compiled = winresource::WindowsResource::new()
        .set_icon("assets/icons/poolkey.ico")
        .set_manifest_file("packaging/windows/poolkey.manifest")
        .set("ProductName", "Poolkey")
        .set("FileDescription", "Poolkey")
        .set("CompanyName", "The Poolkey contributors")
        .set(
            "LegalCopyright",
            "The Poolkey contributors. MIT or Apache-2.0",
        )
        .compile();
    if let Err(why) = compiled {
        println!("cargo::error=the resources of the program were not compiled: {why}");
    }
}
