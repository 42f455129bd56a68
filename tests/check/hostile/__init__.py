"""What somebody might try in an edition. Tables only; tests/test_safe.py goes through them."""
