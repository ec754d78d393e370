"""The only room that touches disk, network and database: what comes in, rests and goes out."""
