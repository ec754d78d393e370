"""Pure room: frames and arrays in, frames and arrays out. No file, socket, database or screen."""
