"""Put small faults into the program and see whether the tests notice; `python run.py mutants`."""
