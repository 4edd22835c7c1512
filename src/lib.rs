pub mod adapters;
pub mod app;
pub mod bootstrap;
pub mod crypto;
pub mod domain;
pub mod ops;
pub mod runtime;
pub mod sandbox;
