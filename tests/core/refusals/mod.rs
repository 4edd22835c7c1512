//! Why was I refused: the whole answer to each refusal, held against the stored ones.
//!
//! What the sandbox refuses is provoked there (`provoked`); the rest comes from a server that
//! answers exactly so (`answered`), with the codes and messages of `catalogue.txt`.

mod answered;
mod others;
mod provoked;
mod provoked_exchange;
mod server;
mod shown;
