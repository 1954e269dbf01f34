// SPDX-License-Identifier: EUPL-1.2
//! Gives the shared library its SONAME, which carries the version of the interface.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |key: &str| std::env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if target("OS") != "linux" {
        return;
    }
    println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libpassend_c.so.1");
    // A program that is linked with the library where cargo puts it looks for it there under this name.
    #[cfg(unix)]
    if let Ok(out) = std::env::var("OUT_DIR")
        && let Some(folder) = Path::new(&out).ancestors().nth(3)
    {
        // It may be there already; without it an `-rpath` to the target folder does not do, and nothing else is lost.
        let _ = std::os::unix::fs::symlink("libpassend_c.so", folder.join("libpassend_c.so.1"));
    }
    #[cfg(not(unix))]
    let _ = Path::new(".");
}
