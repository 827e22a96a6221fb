"""What the window does, one module a feature: each offers its handlers by the names of the registry of actions."""
