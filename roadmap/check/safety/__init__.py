"""What the folder of an edition may hold: an allow-list. Runs nothing of what it reads."""
