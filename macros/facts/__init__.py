"""What content/ holds: the model, loading, validation, references. Imports nothing else of ours."""
