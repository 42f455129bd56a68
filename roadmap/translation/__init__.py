"""What an edition translates and how far it is: strings, pins, drift, progress."""
