//! Any bytes as an AWS file: an edit is refused, or keeps what it promises.
#![no_main]

use libfuzzer_sys::fuzz_target;
use poolkey::adapters::aws_files::promises::broken_promise;

fuzz_target!(|bytes: &[u8]| {
    assert_eq!(broken_promise(bytes), None);
});
