"""Shows editions in a browser while somebody writes: each page as it is when it is asked for."""
