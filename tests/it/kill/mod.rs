//! The server is killed (SIGKILL) wherever money moves. After it is started again and the client has asked once more
//! with the same key, nothing is charged, refunded or paid out twice, nothing is lost, and the books are in order.

mod stop;
mod stories;
mod story;
mod victim;
