"""What a checkout holds, each thing read once. Judges nothing, writes nothing of an edition."""
