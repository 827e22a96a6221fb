"""All sentences that the user reads, in Japanese; with `forms/` the only place that holds any."""
