"""What a candidate may see, what a reviewer may see, stages, notes, exports. Hidden tests are removed here, not in templates."""
