"""One run over the built pages: theme fixes, search index, bundles, policy, verification."""
