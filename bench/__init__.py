"""How long judging takes, as ratios to the same programs without any sandbox, measured in the same session.

Run by `assessor bench`; what each workload measures and how to read it is in `docs/benchmarks.md`. Nothing else imports this.
"""
