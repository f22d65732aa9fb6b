"""From a queued submission to its grade: queue, worker, grading, comparing, scoring."""
