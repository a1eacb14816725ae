//! Servers that misbehave, over raw sockets: what the client says of a release and of a question, and how often it asks.

mod answers;
mod connections;
mod server;
mod statuses;
mod table;
mod waits;
mod waits_ended;
