"""Speed and memory: `python -m benchmarks`. Ratios from one run count; the machines are noisy."""
