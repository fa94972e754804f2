//! One binary: server, worker, importer, demo.
