"""The few things every app needs."""
