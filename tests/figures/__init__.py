"""The figures of safety: each counts what must never happen, beside its target and beside a control that must fail."""
