pub mod adapters;
pub mod crypto;
pub mod domain;
