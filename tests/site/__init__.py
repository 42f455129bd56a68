"""The built site as its readers meet it, in Chromium and Firefox."""
