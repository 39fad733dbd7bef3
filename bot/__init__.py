"""The application: the command line, its wiring and every room between the messengers and the archive."""
