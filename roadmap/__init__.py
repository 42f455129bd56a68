"""The command that builds and checks editions. Imports macros, never the other way round."""
