"""The mechanisms of the chapters: a lab's account, the vintage cascade, growth, the loop, translation."""
