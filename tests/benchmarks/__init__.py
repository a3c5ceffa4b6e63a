"""The benchmarks, judged: do they run, and do they catch what is broken."""
