"""What somebody might try in an edition. Tables only; tests/check/test_safety.py goes through them."""
