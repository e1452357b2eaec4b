"""What somebody came to do; each service owns its transaction."""
