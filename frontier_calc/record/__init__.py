"""What the world said: reading and checking ``data/``, series, the as-of rule, editions and pins."""
